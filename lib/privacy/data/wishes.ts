import type { Db } from "@/lib/db/client";
import { localized } from "@/lib/i18n/localized";
import { priorityReasonPlace, queueIntakePlace, queueReasonPlace } from "@/lib/queue/constants";
import { openText } from "../format/opened";
import type { Entry, Person } from "../types";

const ofPerson = ({ patientIds }: Person) => ({ patientId: { in: [...patientIds] } });
/** A civil date's column arrives as its midnight in UTC. */
const dayOf = (date: Date): string => date.toISOString().slice(0, 10);

/** Earlier times that somebody waits for, or did. */
export async function readWaitlistEntries(db: Db, person: Person): Promise<Entry[]> {
  const rows = await db.waitlistEntry.findMany({
    where: ofPerson(person),
    include: {
      visitType: { select: { names: true } },
      practitioner: { select: { displayName: true } },
      specialty: { select: { names: true } },
    },
    orderBy: { id: "asc" },
  });
  return rows.map((row) => {
    const visitType = localized(row.visitType.names, person.locale);
    const who = row.practitioner?.displayName ?? localized(row.specialty?.names, person.locale);
    const dates = `${dayOf(row.fromOn)}/${dayOf(row.toOn)}`;
    return {
      resource: {
        resourceType: "ServiceRequest",
        id: row.id,
        subject: { reference: `Patient/${row.patientId}` },
        status: row.status,
        code: { text: visitType },
        performer: [{ display: who }],
        occurrencePeriod: { start: dayOf(row.fromOn), end: dayOf(row.toOn) },
        weekdays: row.weekdays,
        hours: { from: row.fromTime, to: row.toTime, timeZone: row.timeZone },
        authoredOn: row.createdAt,
        endedAt: row.endedAt,
      },
      lines: [
        ["visitType", visitType],
        ["with", who],
        ["dates", dates],
        ["status", row.status],
        ["when", row.createdAt],
      ],
    };
  });
}

/** Freed times that somebody was offered. */
export async function readWaitlistOffers(db: Db, person: Person): Promise<Entry[]> {
  const rows = await db.waitlistOffer.findMany({
    where: { entry: ofPerson(person) },
    include: { practitioner: { select: { displayName: true } } },
    orderBy: { id: "asc" },
  });
  return rows.map(({ id, entryId, appointmentId, practitioner, startAt, status, createdAt, expiresAt }) => ({
    resource: {
      resourceType: "Basic",
      code: "waitlist-offer",
      id,
      basedOn: { reference: `ServiceRequest/${entryId}` },
      appointment: { reference: `Appointment/${appointmentId}` },
      practitioner: { display: practitioner.displayName },
      start: startAt,
      status,
      createdAt,
      expiresAt,
    },
    lines: [
      ["practitioner", practitioner.displayName],
      ["start", startAt],
      ["status", status],
      ["when", createdAt],
    ],
  }));
}

/** When somebody asked for the next available practitioner, and why. */
export async function readQueueEntries(db: Db, person: Person): Promise<Entry[]> {
  const rows = await db.queueEntry.findMany({
    where: ofPerson(person),
    include: { visitType: { select: { names: true } }, specialty: { select: { names: true } } },
    orderBy: { joinedAt: "asc" },
  });
  return rows.map((row) => {
    const visitType = localized(row.visitType.names, person.locale);
    const specialty = localized(row.specialty.names, person.locale);
    const reason = openText(row.reasonSealed, row.reasonKeyId, queueReasonPlace(row.id));
    return {
      resource: {
        resourceType: "ServiceRequest",
        id: row.id,
        subject: { reference: `Patient/${row.patientId}` },
        status: row.status,
        code: { text: visitType },
        performerType: { text: specialty },
        reasonCode: reason && [{ text: reason }],
        language: row.language,
        priority: row.priority,
        priorityReason: openText(
          row.priorityReasonSealed,
          row.priorityReasonKeyId,
          priorityReasonPlace(row.id),
        ),
        answers: openText(row.intakeSealed, row.intakeKeyId, queueIntakePlace(row.id)),
        authoredOn: row.joinedAt,
        endedAt: row.endedAt,
      },
      lines: [
        ["visitType", visitType],
        ["with", specialty],
        ["reason", reason],
        ["status", row.status],
        ["when", row.joinedAt],
      ],
    };
  });
}
