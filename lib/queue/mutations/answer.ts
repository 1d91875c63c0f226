import type { Temporal } from "temporal-polyfill";
import type { UserActor } from "@/lib/access/types";
import { recordAudit } from "@/lib/audit/mutations";
import { createInstantVisit, INSTANT_CONSTRAINTS } from "@/lib/booking/mutations/instant";
import { parseJson } from "@/lib/core/json";
import { ok, type Result, refuse } from "@/lib/core/result";
import { db, type Tx } from "@/lib/db/client";
import { lockQueue } from "@/lib/db/locks";
import { transaction } from "@/lib/db/transaction";
import { publish } from "@/lib/events/publish";
import { patientTopic, practitionerTopic, queueTopic } from "@/lib/events/topics";
import { unseal } from "@/lib/security/seal";
import { isBefore, toDate, toInstant } from "@/lib/time/instant";
import { queueIntakePlace, queueReasonPlace } from "../constants";
import { keptIntakeSchema } from "../schema";
import type { AnswerRefusal } from "../types";
import { dispatchQueue } from "./dispatch";

type Practitioner = Pick<UserActor, "practitionerId" | "pseudonym" | "address">;

const findOwn = (practitionerId: string | undefined, offerId: string) =>
  practitionerId === undefined
    ? null
    : db().queueOffer.findFirst({
        where: { id: offerId, practitionerId },
        include: {
          entry: { select: { id: true, specialtyId: true, patient: { select: { pseudonym: true } } } },
        },
      });

/**
 * Takes the visit that was offered: it is written in the same transaction in which the offer is taken, so that of this, the deadline
 * and the patient's leaving exactly one wins. Where it cannot be written the patient keeps the place, and goes to somebody else.
 */
export async function acceptOffer(
  actor: Practitioner,
  offerId: string,
  now: Temporal.Instant,
): Promise<Result<{ appointmentId: string }, AnswerRefusal>> {
  const known = await findOwn(actor.practitionerId, offerId);
  if (!known) return refuse("not_found");
  const { specialtyId } = known.entry;
  const accepted = await transaction(
    (tx) => accept(tx, actor, offerId, specialtyId, now),
    INSTANT_CONSTRAINTS,
  );
  // Whoever cannot take them is asked for somebody else, and they go to somebody else.
  if (!accepted.ok && accepted.reason !== "offer_ended")
    await transaction(async (tx) => {
      // That the seats went to somebody else is held against nobody.
      const as = accepted.reason === "no_guest_seat" ? "withdrawn" : "declined";
      const gone = await letGo(tx, { offerId, specialtyId, as }, now);
      await publish(tx, [queueTopic(specialtyId), practitionerTopic(known.practitionerId)]);
      return gone;
    });
  await dispatchQueue(specialtyId, now);
  return accepted;
}

async function accept(
  tx: Tx,
  { practitionerId, pseudonym, address }: Practitioner,
  offerId: string,
  specialtyId: string,
  now: Temporal.Instant,
): Promise<Result<{ appointmentId: string }, AnswerRefusal>> {
  await lockQueue(tx, specialtyId);
  const offer = await tx.queueOffer.findUnique({
    where: { id: offerId },
    include: { entry: { include: { patient: { select: { pseudonym: true } } } } },
  });
  const isOpen = offer?.status === "open" && isBefore(now, toInstant(offer.expiresAt));
  if (!offer || !isOpen || offer.entry.status !== "waiting" || practitionerId === undefined)
    return refuse("offer_ended");
  const { entry } = offer;
  const visit = await createInstantVisit(
    tx,
    {
      practitionerId,
      patientId: entry.patientId,
      visitTypeId: entry.visitTypeId,
      origin: "now",
      locale: entry.locale,
      timeZone: entry.timeZone,
      actor: { kind: "user", pseudonym, address },
      ...keptOf(entry),
    },
    now,
  );
  if (!visit.ok) return visit;
  const { appointmentId } = visit.value;
  const at = toDate(now);
  await tx.queueOffer.update({ where: { id: offerId }, data: { status: "accepted", endedAt: at } });
  await tx.queueEntry.update({
    where: { id: entry.id },
    data: { status: "accepted", endedAt: at, appointmentId },
  });
  // What the record lacks the practitioner learns for this visit; what it has stands.
  if (entry.phone)
    await tx.patient.updateMany({
      where: { id: entry.patientId, phone: null },
      data: { phone: entry.phone },
    });
  // Busy now, and idle from the end of this visit on, which is looked up: who has just had one goes to the end of the line.
  await tx.queueDuty.updateMany({ where: { practitionerId }, data: { idleSince: at } });
  await publish(tx, [
    queueTopic(specialtyId),
    practitionerTopic(practitionerId),
    patientTopic(entry.patientId),
  ]);
  await noteAnswer(tx, { pseudonym, address }, entry, "accepted", now);
  return ok({ appointmentId });
}

type Kept = {
  id: string;
  reasonSealed: Uint8Array | null;
  reasonKeyId: string | null;
  intakeSealed: Uint8Array | null;
  intakeKeyId: string | null;
};

/** What the patient said on joining, as the visit takes it over. */
function keptOf({ id, reasonSealed, reasonKeyId, intakeSealed, intakeKeyId }: Kept) {
  const reason =
    reasonSealed && reasonKeyId
      ? unseal({ keyId: reasonKeyId, sealed: reasonSealed }, queueReasonPlace(id))
      : "";
  const intake =
    intakeSealed && intakeKeyId
      ? keptIntakeSchema.parse(
          parseJson(unseal({ keyId: intakeKeyId, sealed: intakeSealed }, queueIntakePlace(id))),
        )
      : { answers: [], consentTextIds: [] };
  return { reason, intake };
}

/** Lets somebody go, who then goes to the next; whoever does goes to the end of the line. */
export async function declineOffer(
  actor: Practitioner,
  offerId: string,
  now: Temporal.Instant,
): Promise<Result<undefined, "not_found" | "offer_ended">> {
  const known = await findOwn(actor.practitionerId, offerId);
  if (!known) return refuse("not_found");
  const { practitionerId, entry } = known;
  const { specialtyId } = entry;
  const declined = await transaction(async (tx) => {
    const gone = await letGo(tx, { offerId, specialtyId, as: "declined" }, now);
    if (!gone.ok) return gone;
    await tx.queueDuty.updateMany({ where: { practitionerId }, data: { idleSince: toDate(now) } });
    await publish(tx, [queueTopic(specialtyId), practitionerTopic(practitionerId)]);
    await noteAnswer(tx, actor, entry, "declined", now);
    return ok();
  });
  if (declined.ok) await dispatchQueue(specialtyId, now);
  return declined;
}

async function letGo(
  tx: Tx,
  { offerId, specialtyId, as }: { offerId: string; specialtyId: string; as: "declined" | "withdrawn" },
  now: Temporal.Instant,
): Promise<Result<undefined, "offer_ended">> {
  await lockQueue(tx, specialtyId);
  const { count } = await tx.queueOffer.updateMany({
    where: { id: offerId, status: "open" },
    data: { status: as, endedAt: toDate(now) },
  });
  return count > 0 ? ok() : refuse("offer_ended");
}

const noteAnswer = (
  tx: Tx,
  { pseudonym, address }: Pick<Practitioner, "pseudonym" | "address">,
  entry: { id: string; patient: { pseudonym: string } },
  by: "accepted" | "declined",
  now: Temporal.Instant,
): Promise<void> =>
  recordAudit(
    tx,
    {
      action: "queue.offer_answered",
      details: { by },
      actor: { kind: "user", pseudonym, address },
      outcome: "success",
      subject: entry.patient.pseudonym,
      entity: { type: "queue_entry", id: entry.id },
    },
    now,
  );
