import type { Db } from "@/lib/db/client";
import { feedbackPlace } from "@/lib/records/constants";
import { waitingMessagePlace } from "@/lib/visits/constants";
import { openText } from "../format/opened";
import type { Entry, Person } from "../types";

const ofVisits = ({ patientIds }: Person) => ({
  encounter: { appointment: { patientId: { in: [...patientIds] } } },
});
const encounterOf = (encounterId: string) => ({ reference: `Encounter/${encounterId}` });

/** What the practitioner wrote to the waiting room. */
export async function readWaitingMessages(db: Db, person: Person): Promise<Entry[]> {
  const rows = await db.waitingMessage.findMany({ where: ofVisits(person), orderBy: { createdAt: "asc" } });
  return rows.map(({ id, encounterId, kind, textSealed, textKeyId, createdAt }) => {
    const text = openText(textSealed, textKeyId, waitingMessagePlace(id));
    return {
      resource: {
        resourceType: "Communication",
        id,
        encounter: encounterOf(encounterId),
        topic: kind,
        sent: createdAt,
        payload: text === undefined ? [] : [{ contentString: text }],
      },
      lines: [
        ["when", createdAt],
        ["kind", kind],
        ["text", text],
      ],
    };
  });
}

/** Who else was asked into a visit. Where their invitation went is their own matter. */
export async function readThirdPersons(db: Db, person: Person): Promise<Entry[]> {
  const rows = await db.thirdPerson.findMany({ where: ofVisits(person), orderBy: { createdAt: "asc" } });
  return rows.map(({ id, encounterId, kind, name, status, invitedBy, createdAt, admittedAt, revokedAt }) => ({
    resource: {
      resourceType: "RelatedPerson",
      id,
      encounter: encounterOf(encounterId),
      relationship: kind,
      name: [{ text: name }],
      status,
      invitedBy,
      createdAt,
      admittedAt,
      revokedAt,
    },
    lines: [
      ["name", name],
      ["kind", kind],
      ["status", status],
      ["when", createdAt],
    ],
  }));
}

/** When the patient was in the waiting room and in the call. When others were is about them. */
export async function readAttendances(db: Db, person: Person): Promise<Entry[]> {
  const rows = await db.attendance.findMany({
    where: { ...ofVisits(person), side: "patient" },
    orderBy: [{ fromAt: "asc" }, { id: "asc" }],
  });
  return rows.map(({ id, encounterId, source, side, fromAt, toAt, leaveReason }) => ({
    resource: {
      resourceType: "Basic",
      code: "attendance",
      id,
      encounter: encounterOf(encounterId),
      source,
      side,
      period: { start: fromAt, end: toAt },
      leaveReason,
    },
    lines: [
      ["started", fromAt],
      ["ended", toAt],
      ["kind", source],
    ],
  }));
}

/** What the device checks found. */
export async function readDeviceChecks(db: Db, person: Person): Promise<Entry[]> {
  const rows = await db.deviceCheck.findMany({ where: ofVisits(person), orderBy: { checkedAt: "asc" } });
  return rows.map(({ encounterId, checkedAt, outcome, ...found }) => ({
    resource: {
      resourceType: "Basic",
      code: "device-check",
      encounter: encounterOf(encounterId),
      date: checkedAt,
      outcome,
      ...found,
    },
    lines: [
      ["when", checkedAt],
      ["outcome", outcome],
    ],
  }));
}

/** How somebody found the visit, technically. */
export async function readFeedback(db: Db, person: Person): Promise<Entry[]> {
  const rows = await db.visitFeedback.findMany({ where: ofVisits(person), orderBy: { createdAt: "asc" } });
  return rows.map(({ encounterId, quality, problems, commentSealed, commentKeyId, createdAt }) => {
    const comment = openText(commentSealed, commentKeyId, feedbackPlace(encounterId));
    return {
      resource: {
        resourceType: "Basic",
        code: "feedback",
        encounter: encounterOf(encounterId),
        date: createdAt,
        quality,
        problems,
        comment,
      },
      lines: [
        ["when", createdAt],
        ["quality", quality],
        ["text", comment],
      ],
    };
  });
}
