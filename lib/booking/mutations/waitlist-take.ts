import type { Temporal } from "temporal-polyfill";
import { recordAudit } from "@/lib/audit/mutations";
import { newId } from "@/lib/core/ids";
import { ok, type Result, refuse } from "@/lib/core/result";
import { db, type Tx } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { publish } from "@/lib/events/publish";
import { practitionerTopic, timesTopic } from "@/lib/events/topics";
import { enqueue } from "@/lib/jobs/send";
import { queueNotification } from "@/lib/notifications/mutations";
import { mintVisitLink } from "@/lib/security/access-link";
import { toDate } from "@/lib/time/instant";
import { findEntry, openOfferOf } from "../data/waitlist";
import type { Booked } from "../types/booking";
import type { EntryKey, TakeOfferRefusal } from "../types/waitlist";
import { lockClaims } from "./claim";
import { checkIntake, writeIntake } from "./intake";
import { actorOf } from "./waitlist";
import { endOffer } from "./waitlist-end";

const CONSTRAINTS = { slot_patient_excl: "patient_busy" } as const;

type Taking = {
  key: EntryKey;
  answers: Readonly<Record<string, string>>;
  consentTextIds: readonly string[];
};

/**
 * Takes the time that an entry was offered: its claim becomes a booked visit's by one UPDATE, and the entry is done. Of this, the
 * deadline and a refusal at once, exactly one wins.
 *
 * @returns the visit, with a personal link's token where the offer was opened by one
 */
export async function takeOffer(
  taking: Taking,
  now: Temporal.Instant,
): Promise<Result<Booked, TakeOfferRefusal>> {
  const known = await findEntry(db(), taking.key);
  if (!known) return refuse("not_found");
  const offer = openOfferOf(known, now);
  if (!offer) return refuse("offer_ended");
  return transaction((tx) => take(tx, taking, offer.practitionerId, now), CONSTRAINTS);
}

async function take(
  tx: Tx,
  { key, answers, consentTextIds }: Taking,
  practitionerId: string,
  now: Temporal.Instant,
): Promise<Result<Booked, TakeOfferRefusal>> {
  await lockClaims(tx, [practitionerId]);
  const entry = await findEntry(tx, key);
  if (!entry) return refuse("not_found");
  const offer = openOfferOf(entry, now);
  if (!offer || offer.practitionerId !== practitionerId) return refuse("offer_ended");
  const { appointmentId } = offer;
  const { patient, visitTypeId, locale } = entry;
  const intake = await checkIntake(tx, { booker: { kind: "guest" }, visitTypeId, answers, consentTextIds });
  if (!intake.ok) return intake;

  const claimed = await tx.slot.updateMany({
    where: { appointmentId, status: "busy_tentative", expiresAt: { gt: toDate(now) } },
    data: { status: "busy", expiresAt: null },
  });
  if (claimed.count === 0) return refuse("offer_ended");
  await tx.appointment.update({ where: { id: appointmentId }, data: { status: "booked" } });
  const practitioner = await tx.practitioner.findUniqueOrThrow({ where: { id: practitionerId } });
  await tx.encounter.create({
    data: {
      id: newId(),
      appointmentId,
      status: "planned",
      entry: practitioner.entry,
      createdAt: toDate(now),
    },
  });
  await tx.waitlistOffer.update({ where: { id: offer.id }, data: { status: "taken" } });
  const done = await tx.waitlistEntry.updateMany({
    where: { id: entry.id, status: "waiting" },
    data: { status: "booked", endedAt: toDate(now) },
  });
  if (done.count === 0) return refuse("offer_ended");
  await writeIntake(tx, { appointmentId, patientId: patient.id, locale }, intake.value, now);

  await queueNotification(tx, { kind: "booking_confirmed", appointmentId, patientId: patient.id, now });
  await queueNotification(tx, { kind: "booking_received", appointmentId, userId: practitioner.userId, now });
  await enqueue(tx, "appointment.booked", { appointmentId });
  await publish(tx, [practitionerTopic(practitionerId), timesTopic(practitionerId)]);
  const token = "token" in key ? await mintVisitLink(tx, appointmentId, now) : undefined;
  await recordAudit(
    tx,
    {
      action: "appointment.booked",
      details: { by: "waitlist" },
      actor: actorOf(key, patient.pseudonym),
      outcome: "success",
      subject: patient.pseudonym,
      entity: { type: "appointment", id: appointmentId },
    },
    now,
  );
  return ok({ appointmentId, token });
}

/** Lets an offer go, so that it goes to the next at once; the entry goes on waiting. */
export async function declineOffer(
  key: EntryKey,
  now: Temporal.Instant,
): Promise<Result<undefined, "not_found" | "offer_ended">> {
  const entry = await findEntry(db(), key);
  if (!entry) return refuse("not_found");
  const offer = openOfferOf(entry, now);
  if (!offer) return refuse("offer_ended");
  return endOffer(offer.id, "declined", actorOf(key, entry.patient.pseudonym), now);
}
