import type { Temporal } from "temporal-polyfill";
import { recordAudit } from "@/lib/audit/mutations";
import { resolvePatient } from "@/lib/booking/mutations/booking-patient";
import { checkIntake } from "@/lib/booking/mutations/intake";
import { bookerActor } from "@/lib/booking/rules/booker";
import type { Booker } from "@/lib/booking/types/booking";
import { newId } from "@/lib/core/ids";
import { ok, type Result, refuse } from "@/lib/core/result";
import { db, type Tx } from "@/lib/db/client";
import { lockQueue } from "@/lib/db/locks";
import { transaction } from "@/lib/db/transaction";
import { publish } from "@/lib/events/publish";
import { practitionerTopic, queueTopic } from "@/lib/events/topics";
import { mintQueueLink } from "@/lib/security/access-link";
import { seal } from "@/lib/security/seal";
import { toDate } from "@/lib/time/instant";
import { queueIntakePlace, queueReasonPlace } from "../constants";
import type { JoinQueueRefusal } from "../types";
import { dispatchQueue } from "./dispatch";

export type JoinQueue = {
  specialtyId: string;
  visitTypeId: string;
  language: string | undefined;
  reason: string;
  answers: Readonly<Record<string, string>>;
  consentTextIds: readonly string[];
  booker: Extract<Booker, { kind: "guest" | "account" }>;
  idempotencyKey: string;
  locale: string;
  timeZone: string;
  /** From where it is asked, for the trail. */
  address?: string | undefined;
};

const CONSTRAINTS = { queue_entry_patient_excl: "already_waiting" } as const;

type Joined = {
  entryId: string;
  /** Of the personal link to the place. */
  token: string;
};

/**
 * Puts somebody into a specialty's queue, with what they were asked. The same form sent again finds its first place, and so does an
 * account whose patient waits already; the trail has that a link to it was made.
 */
export async function joinQueue(
  joining: JoinQueue,
  now: Temporal.Instant,
): Promise<Result<Joined, JoinQueueRefusal>> {
  const joined = await transaction((tx) => join(tx, joining, now), CONSTRAINTS);
  if (joined.ok) await dispatchQueue(joining.specialtyId, now);
  return joined;
}

async function join(
  tx: Tx,
  joining: JoinQueue,
  now: Temporal.Instant,
): Promise<Result<Joined, JoinQueueRefusal>> {
  const { specialtyId, visitTypeId, booker, idempotencyKey } = joining;
  await lockQueue(tx, specialtyId);
  const repeated = await tx.queueEntry.findUnique({
    where: { idempotencyKey },
    include: { patient: true },
  });
  if (repeated && !isOf(booker, repeated.patient)) return refuse("already_waiting");
  if (repeated) return ok(await linkAgain(tx, joining, repeated, now));
  const offered = await tx.visitType.count({
    where: {
      id: visitTypeId,
      active: true,
      offeredNow: true,
      practitioners: { some: { practitioner: { specialtyId, active: true } } },
    },
  });
  if (offered === 0) return refuse("not_offered");
  const intake = await checkIntake(tx, joining);
  if (!intake.ok) return intake;
  const resolved = await resolvePatient(tx, joining, now);
  if (!resolved.ok) return resolved;
  const patient = resolved.value;
  const waiting = await tx.queueEntry.findFirst({ where: { patientId: patient.id, status: "waiting" } });
  if (waiting) return ok(await linkAgain(tx, joining, { id: waiting.id, patient }, now));
  const entryId = newId();
  const reason = joining.reason === "" ? undefined : seal(joining.reason, queueReasonPlace(entryId));
  const kept = seal(JSON.stringify(intake.value), queueIntakePlace(entryId));
  const at = toDate(now);
  await tx.queueEntry.create({
    data: {
      id: entryId,
      patientId: patient.id,
      specialtyId,
      visitTypeId,
      language: joining.language ?? null,
      reasonSealed: reason?.sealed ?? null,
      reasonKeyId: reason?.keyId ?? null,
      intakeSealed: kept.sealed,
      intakeKeyId: kept.keyId,
      phone: patient.phone,
      locale: joining.locale,
      timeZone: joining.timeZone,
      idempotencyKey,
      joinedAt: at,
      seenAt: at,
    },
  });
  const token = await mintQueueLink(tx, entryId, now);
  await publish(tx, [queueTopic(specialtyId)]);
  await recordAudit(
    tx,
    {
      action: "queue.joined",
      details: {},
      actor: bookerActor(booker),
      outcome: "success",
      subject: patient.pseudonym,
      entity: { type: "queue_entry", id: entryId },
      address: joining.address,
    },
    now,
  );
  return ok({ entryId, token });
}

/** Another link to a place that somebody has already. */
async function linkAgain(
  tx: Tx,
  { booker, address }: JoinQueue,
  { id: entryId, patient }: { id: string; patient: { pseudonym: string } },
  now: Temporal.Instant,
): Promise<Joined> {
  const token = await mintQueueLink(tx, entryId, now);
  await recordAudit(
    tx,
    {
      action: "link.minted",
      details: { opens: "queue_place" },
      actor: bookerActor(booker),
      outcome: "success",
      subject: patient.pseudonym,
      entity: { type: "queue_entry", id: entryId },
      address,
    },
    now,
  );
  return { entryId, token };
}

/** Whether a form that comes again comes from whom it came first: its number alone opens nothing. */
const isOf = (
  booker: JoinQueue["booker"],
  patient: { userId: string | null; contactUserId: string | null; email: string | null },
): boolean =>
  booker.kind === "guest"
    ? patient.email === booker.email
    : [patient.userId, patient.contactUserId].includes(booker.userId);

/** The patient's page is still there. @returns whether the place is */
export async function beatEntry(entryId: string, now: Temporal.Instant): Promise<boolean> {
  const { count } = await db().queueEntry.updateMany({
    where: { id: entryId, status: "waiting" },
    data: { seenAt: toDate(now) },
  });
  return count > 0;
}

/**
 * A patient leaves the queue: by the link to their place, or because the portal ends what they have planned. Whoever was being asked for
 * them is free for the next.
 */
export async function leaveQueue(
  entryId: string,
  now: Temporal.Instant,
  { by = "patient", address }: { by?: "patient" | "system"; address?: string | undefined } = {},
): Promise<Result<undefined, "not_found">> {
  const known = await db().queueEntry.findUnique({
    where: { id: entryId },
    include: { patient: { select: { pseudonym: true } } },
  });
  if (!known) return refuse("not_found");
  const { specialtyId, patient } = known;
  await transaction(async (tx) => {
    await lockQueue(tx, specialtyId);
    const at = toDate(now);
    const { count } = await tx.queueEntry.updateMany({
      where: { id: entryId, status: "waiting" },
      data: { status: "left", endedAt: at },
    });
    if (count === 0) return ok();
    const open = { entryId, status: "open" as const };
    const asked = await tx.queueOffer.findMany({ where: open, select: { practitionerId: true } });
    await tx.queueOffer.updateMany({ where: open, data: { status: "withdrawn", endedAt: at } });
    await publish(tx, [
      queueTopic(specialtyId),
      ...asked.map(({ practitionerId }) => practitionerTopic(practitionerId)),
    ]);
    await recordAudit(
      tx,
      {
        action: "queue.left",
        details: { by },
        actor: by === "system" ? { kind: "system" } : { kind: "link", pseudonym: patient.pseudonym, address },
        outcome: "success",
        subject: patient.pseudonym,
        entity: { type: "queue_entry", id: entryId },
      },
      now,
    );
    return ok();
  });
  await dispatchQueue(specialtyId, now);
  return ok();
}

/**
 * Leaves a number at which the clinic reaches the patient if the connection drops; an empty one takes it back. It belongs to the place: an
 * account's record is not changed by a link. The record of somebody without one was made by the same form, and follows it.
 */
export const leavePhone = (
  entryId: string,
  phone: string | undefined,
  now: Temporal.Instant,
  { address }: { address?: string | undefined } = {},
): Promise<Result<undefined, "not_found">> =>
  transaction(async (tx) => {
    const entry = await tx.queueEntry.findUnique({ where: { id: entryId }, include: { patient: true } });
    if (entry?.status !== "waiting") return refuse("not_found");
    const { specialtyId, patient } = entry;
    const left = { phone: phone ?? null };
    await tx.queueEntry.update({ where: { id: entryId }, data: left });
    await tx.patient.updateMany({ where: { id: patient.id, userId: null, contactUserId: null }, data: left });
    await publish(tx, [queueTopic(specialtyId)]);
    await recordAudit(
      tx,
      {
        action: "queue.phone_left",
        details: {},
        actor: { kind: "link", pseudonym: patient.pseudonym, address },
        outcome: "success",
        subject: patient.pseudonym,
        entity: { type: "queue_entry", id: entryId },
      },
      now,
    );
    return ok();
  });
