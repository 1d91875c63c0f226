import { parseJson } from "@/lib/core/json";
import type { Db } from "@/lib/db/client";
import type { QueueEntry } from "@/lib/db/generated/client";
import { localized } from "@/lib/i18n/localized";
import { priorityReasonPlace, queueIntakePlace, queueReasonPlace } from "@/lib/queue/constants";
import { keptIntakeSchema } from "@/lib/queue/schema";
import { openText } from "../format/opened";
import type { Entry, Person } from "../types";

const ofPerson = ({ patientIds }: Person) => ({ patientId: { in: [...patientIds] } });
/** A civil date's column arrives as its midnight in UTC. */
const dayOf = (date: Date): string => date.toISOString().slice(0, 10);

/** The wished hours, as they were asked for; none where any would do. "00:00" is the day's end, too. */
const hoursOf = ({ fromTime, toTime, timeZone }: { fromTime: string; toTime: string; timeZone: string }) =>
  fromTime === toTime ? undefined : `${fromTime}–${toTime === "00:00" ? "24:00" : toTime} (${timeZone})`;

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
        language: row.locale,
        authoredOn: row.createdAt,
        endedAt: row.endedAt,
      },
      lines: [
        ["visitType", visitType],
        ["with", who],
        ["dates", dates],
        ["hours", hoursOf(row)],
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

type Intake = Pick<QueueEntry, "id" | "intakeSealed" | "intakeKeyId">;

/** What was answered before anybody took the visit; afterwards the visit has it. */
function answersOf({ id, intakeSealed, intakeKeyId }: Intake) {
  const kept = openText(intakeSealed, intakeKeyId, queueIntakePlace(id));
  return kept === undefined ? [] : keptIntakeSchema.parse(parseJson(kept)).answers;
}

/** The questions that were asked, in all languages, by their ids. */
async function findQuestions(db: Db, rows: readonly Intake[]) {
  const ids = rows.flatMap(answersOf).map(({ questionId }) => questionId);
  const questions = await db.intakeQuestion.findMany({ where: { id: { in: ids } } });
  return new Map(questions.map(({ id, labels }) => [id, labels]));
}

/** When somebody asked for the next available practitioner, and why. */
export async function readQueueEntries(db: Db, person: Person): Promise<Entry[]> {
  const rows = await db.queueEntry.findMany({
    where: ofPerson(person),
    include: { visitType: { select: { names: true } }, specialty: { select: { names: true } } },
    orderBy: { joinedAt: "asc" },
  });
  const questions = await findQuestions(db, rows);
  return rows.map((row) => {
    const visitType = localized(row.visitType.names, person.locale);
    const specialty = localized(row.specialty.names, person.locale);
    const reason = openText(row.reasonSealed, row.reasonKeyId, queueReasonPlace(row.id));
    const item = answersOf(row).map(({ questionId, value }) => ({
      text: localized(questions.get(questionId), person.locale),
      answer: [{ valueString: value }],
    }));
    const priorityReason = openText(
      row.priorityReasonSealed,
      row.priorityReasonKeyId,
      priorityReasonPlace(row.id),
    );
    return {
      resource: {
        resourceType: "ServiceRequest",
        id: row.id,
        subject: { reference: `Patient/${row.patientId}` },
        status: row.status,
        code: { text: visitType },
        performerType: { text: specialty },
        reasonCode: reason && [{ text: reason }],
        languageOfVisit: row.language,
        language: row.locale,
        timeZone: row.timeZone,
        telecom: row.phone && [{ system: "phone", value: row.phone }],
        priority: row.priority,
        priorityReason,
        item,
        appointment: row.appointmentId && { reference: `Appointment/${row.appointmentId}` },
        authoredOn: row.joinedAt,
        lastSeenAt: row.seenAt,
        endedAt: row.endedAt,
      },
      lines: [
        ["visitType", visitType],
        ["with", specialty],
        ["reason", reason],
        ["answers", item.map(({ text, answer }) => `${text}: ${answer[0]?.valueString}`).join("\n")],
        ["priorityReason", priorityReason],
        ["status", row.status],
        ["when", row.joinedAt],
      ],
    };
  });
}
