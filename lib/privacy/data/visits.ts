import { answerPlace } from "@/lib/booking/rules/intake";
import type { Db } from "@/lib/db/client";
import { localized } from "@/lib/i18n/localized";
import { summaryPlace } from "@/lib/records/constants";
import { openText } from "../format/opened";
import type { Entry, Person } from "../types";

const ofPerson = ({ patientIds }: Person) => ({ patientId: { in: [...patientIds] } });
const ofVisits = (person: Person) => ({ encounter: { appointment: ofPerson(person) } });
const encounterOf = (encounterId: string) => ({ reference: `Encounter/${encounterId}` });

/** What was booked, with whom, why, and what became of it. */
export async function readAppointments(db: Db, person: Person): Promise<Entry[]> {
  const rows = await db.appointment.findMany({
    where: ofPerson(person),
    include: { practitioner: { select: { displayName: true } }, visitType: { select: { names: true } } },
    orderBy: [{ startAt: "asc" }, { id: "asc" }],
  });
  return rows.map((row) => {
    const { id } = row;
    const visitType = localized(row.visitType.names, person.locale);
    const reason = openText(row.reasonSealed, row.reasonKeyId, `appointment.reason:${id}`);
    const cancelReason = openText(row.cancelReasonSealed, row.cancelReasonKeyId, `appointment.cancel:${id}`);
    const overbook = openText(
      row.overbookReasonSealed,
      row.overbookReasonKeyId,
      `appointment.overbook:${id}`,
    );
    return {
      resource: {
        resourceType: "Appointment",
        id,
        status: row.status,
        serviceType: [{ text: visitType }],
        start: row.startAt,
        end: row.endAt,
        created: row.createdAt,
        reasonCode: reason && [{ text: reason }],
        cancelationReason: cancelReason && { text: cancelReason },
        comment: overbook,
        basedOn: row.followsId && [{ reference: `Appointment/${row.followsId}` }],
        participant: [
          { actor: { reference: `Patient/${row.patientId}` } },
          { actor: { display: row.practitioner.displayName } },
        ],
        origin: row.origin,
        timeZone: row.timeZone,
        language: row.locale,
        movedFrom: row.movedFromAt,
        movedAt: row.movedAt,
        cancelledAt: row.cancelledAt,
        cancelledBy: row.cancelledBy,
        noShow: row.noShow,
        noShowAt: row.noShowAt,
        noShowAutomatic: row.noShowAutomatic,
        noShowRevertedAt: row.noShowRevertedAt,
      },
      lines: [
        ["start", row.startAt],
        ["practitioner", row.practitioner.displayName],
        ["visitType", visitType],
        ["status", row.status],
        ["reason", reason],
        ["cancelled", row.cancelledAt],
        ["cancelReason", cancelReason],
        ["moved", row.movedAt],
        ["movedFrom", row.movedFromAt],
        ["missedBy", row.noShow],
        ["overbook", overbook],
      ],
    };
  });
}

/** The visits themselves: when somebody came, how long it lasted, and whether it was recorded. */
export async function readEncounters(db: Db, person: Person): Promise<Entry[]> {
  const rows = await db.encounter.findMany({
    where: { appointment: ofPerson(person) },
    orderBy: [{ appointment: { startAt: "asc" } }, { id: "asc" }],
  });
  const recorded = await findRecorded(
    db,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => ({
    resource: {
      resourceType: "Encounter",
      id: row.id,
      status: row.status,
      class: "VR",
      appointment: [{ reference: `Appointment/${row.appointmentId}` }],
      arrived: row.arrivedAt,
      period: { start: row.startedAt, end: row.endedAt },
      practitionerEntry: row.entry,
      practitionerCalledAt: row.calledAt,
      recorded: recorded.has(row.id),
      createdAt: row.createdAt,
    },
    lines: [
      ["status", row.status],
      ["arrived", row.arrivedAt],
      ["started", row.startedAt],
      ["ended", row.endedAt],
      ["recorded", recorded.has(row.id) ? "yes" : "no"],
    ],
  }));
}

/** Of which visits a recording was ever on: the video server has it, and the trail says it. */
async function findRecorded(db: Db, encounterIds: string[]): Promise<Set<string | null>> {
  const events = await db.auditEvent.findMany({
    where: {
      action: "encounter.recording_changed",
      entityId: { in: encounterIds },
      details: { path: ["on"], equals: true },
    },
    select: { entityId: true },
  });
  return new Set(events.map(({ entityId }) => entityId));
}

/** What was asked at booking, and answered. */
export async function readAnswers(db: Db, person: Person): Promise<Entry[]> {
  const rows = await db.intakeAnswer.findMany({
    where: { appointment: ofPerson(person) },
    include: { question: { select: { labels: true } } },
    orderBy: [{ appointmentId: "asc" }, { id: "asc" }],
  });
  return rows.map(({ id, appointmentId, question, valueSealed, valueKeyId, createdAt }) => {
    const asked = localized(question.labels, person.locale);
    const answer = openText(valueSealed, valueKeyId, answerPlace(id));
    return {
      resource: {
        resourceType: "QuestionnaireResponse",
        id,
        authored: createdAt,
        about: { reference: `Appointment/${appointmentId}` },
        item: [{ text: asked, answer: [{ valueString: answer }] }],
      },
      lines: [
        ["question", asked],
        ["answer", answer],
        ["when", createdAt],
      ],
    };
  });
}

/** Summaries and addenda as they were signed; a draft is nobody's word yet. */
export async function readSummaries(db: Db, person: Person): Promise<Entry[]> {
  const rows = await db.visitSummary.findMany({
    where: { ...ofVisits(person), signedAt: { not: null } },
    include: { practitioner: { select: { displayName: true } } },
    orderBy: [{ signedAt: "asc" }, { id: "asc" }],
  });
  return rows.map(({ id, encounterId, part, practitioner, textSealed, textKeyId, signedAt, createdAt }) => {
    const text = openText(textSealed, textKeyId, summaryPlace(id));
    return {
      resource: {
        resourceType: "Composition",
        id,
        status: "final",
        encounter: encounterOf(encounterId),
        date: signedAt,
        createdAt,
        author: [{ display: practitioner.displayName }],
        part,
        section: [{ text }],
      },
      lines: [
        ["when", signedAt],
        ["practitioner", practitioner.displayName],
        ["text", text],
      ],
    };
  });
}

/** What was agreed to, in which version and language, and whether it still holds. */
export async function readConsents(db: Db, person: Person): Promise<Entry[]> {
  const rows = await db.consent.findMany({
    where: ofPerson(person),
    include: { consentText: true },
    orderBy: [{ agreedAt: "asc" }, { id: "asc" }],
  });
  return rows.map(({ id, patientId, appointmentId, locale, agreedAt, withdrawnAt, consentText }) => {
    const text = localized(consentText.texts, locale);
    return {
      resource: {
        resourceType: "Consent",
        id,
        status: withdrawnAt ? "inactive" : "active",
        scope: consentText.kind,
        patient: { reference: `Patient/${patientId}` },
        dateTime: agreedAt,
        withdrawnAt,
        appointment: appointmentId && { reference: `Appointment/${appointmentId}` },
        version: consentText.version,
        language: locale,
        text,
      },
      lines: [
        ["when", agreedAt],
        ["withdrawn", withdrawnAt],
        ["version", consentText.version],
        ["text", text],
      ],
    };
  });
}
