import type { Temporal } from "temporal-polyfill";
import type { UserActor } from "@/lib/access/types";
import { newId } from "@/lib/core/ids";
import { db } from "@/lib/db/client";
import { attachFile } from "@/lib/messaging/mutations/attach";
import { sendMessage } from "@/lib/messaging/mutations/send";
import { approveErasure } from "@/lib/privacy/mutations/erasure-decision";
import { requestErasure } from "@/lib/privacy/mutations/erasure-request";
import { feedbackPlace } from "@/lib/records/constants";
import { saveNote } from "@/lib/records/mutations/notes";
import { signSummary } from "@/lib/records/mutations/summary";
import { seal } from "@/lib/security/seal";
import { toDate } from "@/lib/time/instant";
import { ensureGuest } from "@/lib/visits/mutations/guests";
import { makeAppointment, makeUser } from "@/tests/support/factories";
import { PDF } from "@/tests/support/files";
import { beginTalk, type Talk } from "../messaging/talk";

/** Words that are nowhere else in the database. */
export type Marks = { name: string; email: string; phone: string };

export type ErasedPerson = Marks & {
  actor: UserActor;
  talk: Talk;
  patientId: string;
  pseudonym: string;
  /** A visit that took place; the talk's own is still to come. */
  pastId: string;
  pastEncounterId: string;
  guestId: string;
};

export const actorOfUser = (
  user: { id: string; pseudonym: string },
  roles: UserActor["roles"],
  patientId?: string,
): UserActor => ({
  kind: "user",
  userId: user.id,
  sessionId: newId(),
  roles,
  practitionerId: undefined,
  patientId,
  pseudonym: user.pseudonym,
});

/**
 * Somebody with an account and something in nearly every table: a visit that took place with note, summary, reason and answers; one to
 * come; a conversation with a file; links, mails, sessions, and people beside them.
 */
export async function makePerson(now: Temporal.Instant): Promise<ErasedPerson> {
  const talk = await beginTalk(now);
  const mark = newId().replaceAll("-", "").slice(-12);
  const marks = {
    name: `Zora Quitzdorf${mark}`,
    email: `zora.${mark}@erased.example`,
    phone: `+49 30 ${mark}`,
  };
  const user = await makeUser(db(), { now, email: marks.email, name: marks.name });
  const { patientId, practitionerId } = talk;
  const patient = await db().patient.update({
    where: { id: patientId },
    data: {
      ...marks,
      contactName: `Parent of ${marks.name}`,
      userId: user.id,
      timeZone: "Asia/Yekaterinburg",
    },
  });
  const actor = actorOfUser(user, ["patient"], patientId);
  const booked = await db().appointment.findUniqueOrThrow({
    where: { id: talk.appointmentId },
    include: { practitioner: true, visitType: true },
  });
  const past = await makeAppointment(db(), {
    now,
    practitioner: booked.practitioner,
    patient,
    visitType: booked.visitType,
    startAt: now.subtract({ hours: 24 * 9 }),
    status: "fulfilled",
  });
  const reason = seal("A sealed reason", `appointment.reason:${past.id}`);
  await db().appointment.update({
    where: { id: past.id },
    data: { reasonSealed: reason.sealed, reasonKeyId: reason.keyId, timeZone: "Asia/Yekaterinburg" },
  });
  const encounter = await db().encounter.update({
    where: { appointmentId: past.id },
    data: { startedAt: past.startAt, endedAt: past.endAt, arrivedAt: past.startAt, status: "finished" },
  });
  await write(talk.practitioner, past.id, now);
  const comment = seal("A sealed comment", feedbackPlace(encounter.id));
  await db().visitFeedback.create({
    data: {
      encounterId: encounter.id,
      quality: 4,
      problems: ["no_sound"],
      commentSealed: comment.sealed,
      commentKeyId: comment.keyId,
      createdAt: toDate(now),
    },
  });
  await db().thirdPerson.create({
    data: {
      id: newId(),
      encounterId: encounter.id,
      kind: "relative",
      name: `Sister of ${marks.name}`,
      email: `sister.${marks.email}`,
      locale: "en",
      invitedBy: "patient",
      createdAt: toDate(now),
    },
  });
  await db().session.create({
    data: {
      id: actor.sessionId,
      userId: user.id,
      sessionVersion: 1,
      userAgent: `Browser of ${marks.name}`,
      createdAt: toDate(now),
      lastSeenAt: toDate(now),
      expiresAt: toDate(now.add({ hours: 1 })),
    },
  });
  await db().signInRequest.create({
    data: {
      id: newId(),
      email: marks.email,
      browserHash: new Uint8Array(32),
      createdAt: toDate(now),
      expiresAt: toDate(now.add({ hours: 1 })),
    },
  });
  await db().waitlistEntry.create({
    data: {
      id: newId(),
      patientId,
      visitTypeId: booked.visitTypeId,
      practitionerId,
      fromOn: toDate(now.round({ smallestUnit: "hour", roundingIncrement: 24, roundingMode: "floor" })),
      toOn: toDate(now.round({ smallestUnit: "hour", roundingIncrement: 24, roundingMode: "ceil" })),
      timeZone: "UTC",
      locale: "en",
      createdAt: toDate(now),
    },
  });
  await sendFile(talk, actor, now);
  const guestId = await ensureGuest(db(), encounter.id, { patientId }, now);
  return {
    ...marks,
    actor,
    talk,
    patientId,
    pseudonym: patient.pseudonym,
    pastId: past.id,
    pastEncounterId: encounter.id,
    guestId,
  };
}

async function write(practitioner: UserActor, appointmentId: string, now: Temporal.Instant): Promise<void> {
  const note = await saveNote(practitioner, { appointmentId, version: 0, text: "A sealed note" }, now);
  if (!note.ok) throw new Error(note.reason);
  const summary = await signSummary(
    practitioner,
    { appointmentId, part: 0, revision: 0, text: "A sealed summary" },
    now,
  );
  if (!summary.ok) throw new Error(summary.reason);
}

async function sendFile({ conversationId }: Talk, actor: UserActor, now: Temporal.Instant): Promise<void> {
  const file = { conversationId, name: "Befund.pdf", bytes: PDF };
  const taken = await attachFile(actor, "patient", file, now);
  if (!taken.ok) throw new Error(taken.reason);
  const message = {
    conversationId,
    text: "A sealed message",
    clientId: newId(),
    attachmentIds: [taken.value.attachmentId],
  };
  const sent = await sendMessage(actor, "patient", message, now);
  if (!sent.ok) throw new Error(sent.reason);
}

export const makeAdministrator = async (now: Temporal.Instant): Promise<UserActor> =>
  actorOfUser(await makeUser(db(), { now, roles: ["administrator"] }), ["administrator"]);

/** Asked for by the person, and approved by somebody. */
export async function approvedFor({ actor }: { actor: UserActor }, now: Temporal.Instant): Promise<string> {
  const asked = await requestErasure(actor, now);
  if (!asked.ok) throw new Error(asked.reason);
  const approved = await approveErasure(await makeAdministrator(now), asked.value.erasureId, now);
  if (!approved.ok) throw new Error(approved.reason);
  return asked.value.erasureId;
}

/** Where words stand in any column of any table, ours and the queue's: `table.column`. */
export async function findWords(words: readonly string[]): Promise<string[]> {
  const tables = await db().$queryRaw<{ schema: string; table: string; columns: string[] }[]>`
    SELECT c.table_schema AS schema, c.table_name AS table, array_agg(c.column_name::text) AS columns
    FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
    WHERE t.table_type = 'BASE TABLE' AND c.table_schema NOT IN ('pg_catalog', 'information_schema')
    GROUP BY 1, 2`;
  const found: string[] = [];
  for (const { schema, table, columns } of tables) {
    const asked = columns.map(
      (column) =>
        `bool_or(EXISTS (SELECT 1 FROM unnest($1::text[]) w WHERE strpos(t."${column}"::text, w) > 0)) AS "${column}"`,
    );
    const [row] = await db().$queryRawUnsafe<Record<string, boolean | null>[]>(
      `SELECT ${asked.join(", ")} FROM "${schema}"."${table}" t`,
      words,
    );
    found.push(...columns.filter((column) => row?.[column]).map((column) => `${table}.${column}`));
  }
  return found;
}
