import type { Temporal } from "temporal-polyfill";
import { newId } from "@/lib/core/ids";
import { db } from "@/lib/db/client";
import type { Appointment, Patient } from "@/lib/db/generated/client";
import type { SweptKind } from "@/lib/retention/types";
import { seal } from "@/lib/security/seal";
import { toDate, toInstant } from "@/lib/time/instant";
import {
  makeAppointment,
  makePatient,
  makePractitioner,
  makeUser,
  makeVisitType,
} from "@/tests/support/factories";

/** Bytes that nobody opens here. */
const sealed = () => {
  const { sealed: bytes, keyId } = seal("Xyzzoma", "nowhere");
  return { bytes, keyId };
};
const hash = () => new Uint8Array(Buffer.from(newId()));

export type Visit = {
  patient: Patient;
  appointment: Appointment;
  encounterId: string;
  practitionerId: string;
};

/** A visit that ended at a moment, of somebody without an account. */
export async function visitUntil(endAt: Temporal.Instant, of?: Patient): Promise<Visit> {
  const now = endAt.subtract({ hours: 1 });
  const visitType = await makeVisitType(db(), { now });
  const practitioner = await makePractitioner(db(), { now, visitTypeIds: [visitType.id] });
  const patient = of ?? (await makePatient(db(), { now, phone: "+49 30 1234567" }));
  const startAt = endAt.subtract({ minutes: visitType.durationMinutes });
  const appointment = await makeAppointment(db(), {
    now,
    practitioner,
    patient,
    visitType,
    startAt,
    status: "fulfilled",
    reason: "An invented reason",
  });
  const { id } = await db().encounter.findUniqueOrThrow({ where: { appointmentId: appointment.id } });
  return { patient, appointment, encounterId: id, practitionerId: practitioner.id };
}

/** Everything that is written about a visit. */
export async function writeRecord({
  patient,
  appointment,
  encounterId,
  practitionerId,
}: Visit): Promise<void> {
  const { bytes, keyId } = sealed();
  const at = appointment.endAt;
  const text = { textSealed: bytes, textKeyId: keyId };
  const written = { id: newId(), encounterId, practitionerId, ...text, createdAt: at };
  await db().visitNote.create({ data: { ...written, version: 1 } });
  await db().visitSummary.create({ data: { ...written, part: 0, signedAt: at, updatedAt: at } });
  await db().waitingMessage.create({
    data: { id: newId(), encounterId, kind: "text", ...text, createdAt: at },
  });
  const colleague = await makePractitioner(db(), { now: endOf(appointment) });
  await db().handover.create({
    data: {
      id: newId(),
      encounterId,
      fromPractitionerId: practitionerId,
      toPractitionerId: colleague.id,
      status: "declined",
      noteSealed: bytes,
      noteKeyId: keyId,
      createdAt: at,
      decidedAt: at,
    },
  });
  const third = { id: newId(), encounterId, kind: "relative", name: "Rita Beispiel", locale: "en" } as const;
  await db().thirdPerson.create({ data: { ...third, invitedBy: "patient", createdAt: at } });
  const guest = () => ({
    id: newId(),
    encounterId,
    guestId: `g_${newId().replaceAll("-", "")}`,
    createdAt: at,
  });
  await db().guest.create({ data: { ...guest(), thirdPersonId: third.id } });
  await db().guest.create({ data: { ...guest(), patientId: patient.id } });
  const { visitTypeId } = appointment;
  const question = await db().intakeQuestion.create({
    data: { id: newId(), visitTypeId, position: 1, kind: "text", labels: { en: "?" }, createdAt: at },
  });
  await db().intakeAnswer.create({
    data: {
      id: newId(),
      appointmentId: appointment.id,
      questionId: question.id,
      valueSealed: bytes,
      valueKeyId: keyId,
      createdAt: at,
    },
  });
  const { _max } = await db().consentText.aggregate({ _max: { version: true } });
  const consentText = await db().consentText.create({
    data: { id: newId(), kind: "treatment", version: (_max.version ?? 0) + 1, texts: {}, publishedAt: at },
  });
  await db().consent.create({
    data: {
      id: newId(),
      patientId: patient.id,
      appointmentId: appointment.id,
      consentTextId: consentText.id,
      locale: "en",
      agreedAt: at,
    },
  });
  await queueEntry(endOf(appointment), { patient, appointment });
}

const endOf = ({ endAt }: Appointment) => toInstant(endAt);

/** Rows whose count tells whether what one patient had of a kind is still there. */
export type Kept = () => Promise<number>;

/** What a visit has of the clinic's record. */
export const recordOf =
  ({ patient, appointment, encounterId }: Visit): Kept =>
  async () => {
    const of = { where: { encounterId } };
    const ofAppointment = { where: { appointmentId: appointment.id } };
    return (
      (await db().visitNote.count(of)) +
      (await db().visitSummary.count(of)) +
      (await db().waitingMessage.count(of)) +
      (await db().handover.count(of)) +
      (await db().thirdPerson.count(of)) +
      (await db().guest.count(of)) +
      (await db().intakeAnswer.count(ofAppointment)) +
      (await db().consent.count(ofAppointment)) +
      (await db().queueEntry.count(ofAppointment)) +
      (await db().appointment.count({ where: { id: appointment.id, reasonSealed: { not: null } } })) +
      (await db().patient.count({ where: { id: patient.id, email: { not: null } } }))
    );
  };

async function queueEntry(endedAt: Temporal.Instant, of?: { patient: Patient; appointment: Appointment }) {
  const now = endedAt.subtract({ hours: 1 });
  const { specialtyId } = await makePractitioner(db(), { now });
  const patient = of?.patient ?? (await makePatient(db(), { now }));
  return db().queueEntry.create({
    data: {
      id: newId(),
      patientId: patient.id,
      specialtyId,
      visitTypeId: of?.appointment.visitTypeId ?? (await makeVisitType(db(), { now })).id,
      status: of ? "accepted" : "lapsed",
      appointmentId: of?.appointment.id ?? null,
      locale: "en",
      timeZone: "Europe/Berlin",
      idempotencyKey: newId(),
      joinedAt: toDate(now),
      seenAt: toDate(now),
      endedAt: toDate(endedAt),
    },
  });
}

/** A conversation with one message and one file, the visit behind it long over. */
async function writtenAt(at: Temporal.Instant): Promise<Kept> {
  const { patient, practitionerId } = await visitUntil(at.subtract({ hours: 24 }));
  const { bytes, keyId } = sealed();
  const createdAt = toDate(at);
  const conversationId = newId();
  const ids = { patientId: patient.id, practitionerId };
  await db().conversation.create({
    data: { id: conversationId, ...ids, lastSequence: 1, lastMessageAt: createdAt, createdAt },
  });
  await db().conversationReader.create({ data: { conversationId, side: "patient" } });
  const message = await db().message.create({
    data: {
      id: newId(),
      conversationId,
      sequence: 1,
      side: "patient",
      kind: "text",
      textSealed: bytes,
      textKeyId: keyId,
      clientId: newId(),
      createdAt,
    },
  });
  await db().attachment.create({
    data: {
      id: newId(),
      conversationId,
      messageId: message.id,
      side: "patient",
      nameSealed: bytes,
      nameKeyId: keyId,
      mediaType: "application/pdf",
      sizeBytes: 1,
      storageKey: newId(),
      contentKeyId: keyId,
      scan: "clean",
      createdAt,
    },
  });
  return async () =>
    (await db().conversation.count({ where: { id: conversationId } })) +
    (await db().message.count({ where: { conversationId } })) +
    (await db().attachment.count({ where: { conversationId } })) +
    (await db().conversationReader.count({ where: { conversationId } }));
}

/** For each kind, rows whose period began at a moment. */
export const BEGUN: Record<SweptKind, (at: Temporal.Instant) => Promise<Kept>> = {
  async records(at) {
    const visit = await visitUntil(at);
    await writeRecord(visit);
    return recordOf(visit);
  },
  messages: writtenAt,
  async deviceChecks(at) {
    const { encounterId } = await visitUntil(at);
    const found = { outcome: "ready", browser: true, camera: true, microphone: true, network: true } as const;
    await db().deviceCheck.create({ data: { encounterId, ...found, checkedAt: toDate(at) } });
    return () => db().deviceCheck.count({ where: { encounterId } });
  },
  async comments(at) {
    const { encounterId } = await visitUntil(at);
    const { bytes, keyId } = sealed();
    const comment = { commentSealed: bytes, commentKeyId: keyId };
    await db().visitFeedback.create({ data: { encounterId, quality: 2, ...comment, createdAt: toDate(at) } });
    return () => db().visitFeedback.count({ where: { encounterId, commentSealed: { not: null } } });
  },
  async queueEntries(at) {
    const { id } = await queueEntry(at);
    return () => db().queueEntry.count({ where: { id } });
  },
  async waitlist(at) {
    const now = at.subtract({ hours: 1 });
    const { specialtyId } = await makePractitioner(db(), { now });
    const { id } = await db().waitlistEntry.create({
      data: {
        id: newId(),
        patientId: (await makePatient(db(), { now })).id,
        visitTypeId: (await makeVisitType(db(), { now })).id,
        specialtyId,
        status: "ended",
        fromOn: toDate(at),
        toOn: toDate(at),
        timeZone: "Europe/Berlin",
        locale: "en",
        createdAt: toDate(now),
        endedAt: toDate(at),
      },
    });
    return () => db().waitlistEntry.count({ where: { id } });
  },
  async mails(at) {
    const { appointment, patient } = await visitUntil(at.subtract({ hours: 1 }));
    const { id } = await db().notification.create({
      data: {
        id: newId(),
        kind: "appointment_cancelled",
        status: "sent",
        appointmentId: appointment.id,
        patientId: patient.id,
        sequence: 0,
        sentAt: toDate(at),
        createdAt: toDate(at.subtract({ hours: 1 })),
      },
    });
    return () => db().notification.count({ where: { id } });
  },
  async sessions(at) {
    const now = at.subtract({ hours: 1 });
    const { id: userId } = await makeUser(db(), { now });
    const times = { createdAt: toDate(now), lastSeenAt: toDate(now), revokedAt: toDate(at) };
    const { id } = await db().session.create({
      data: {
        id: newId(),
        userId,
        sessionVersion: 1,
        ...times,
        expiresAt: toDate(at.add({ hours: 100_000 })),
      },
    });
    return () => db().session.count({ where: { id } });
  },
  async links(at) {
    const { appointment } = await visitUntil(at);
    const { id } = await db().accessLink.create({
      data: {
        id: newId(),
        purpose: "visit",
        tokenHash: hash(),
        appointmentId: appointment.id,
        createdAt: appointment.startAt,
      },
    });
    return () => db().accessLink.count({ where: { id } });
  },
};
