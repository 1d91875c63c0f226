import type { Temporal } from "temporal-polyfill";
import { recordAudit } from "@/lib/audit/mutations";
import type { AuditActor } from "@/lib/audit/types";
import { seatsFor } from "@/lib/availability/rules/seats";
import { newId } from "@/lib/core/ids";
import { ok, type Result, refuse } from "@/lib/core/result";
import type { Tx } from "@/lib/db/client";
import { publish } from "@/lib/events/publish";
import { patientTopic, practitionerTopic, timesTopic } from "@/lib/events/topics";
import { seal } from "@/lib/security/seal";
import { isBefore, toDate, toInstant } from "@/lib/time/instant";
import { listLeftOver, listStanding, unsafeIsInVisit } from "../data/instant";
import { spareSeats } from "../data/seats";
import { instantEnd } from "../rules/instant";
import { dropExpiredHolds, findOffer, lockClaims } from "./claim";
import { type Intake, writeIntake } from "./intake";

export type InstantVisit = {
  practitionerId: string;
  patientId: string;
  visitTypeId: string;
  origin: "now" | "chat";
  locale: string;
  timeZone: string;
  reason?: string;
  intake?: Intake;
  actor: AuditActor;
};

export type InstantRefusal =
  /** In a visit, or about to be: something stands on their time at this moment. */
  | "practitioner_busy"
  /** The patient has another visit within its time. */
  | "patient_busy"
  /** The practitioner's next visit begins in less than ten minutes. */
  | "too_short"
  | "no_guest_seat"
  /** The practitioner does not offer such visits, or either is closed to booking. */
  | "not_offered";

/** For the transaction in which {@link createInstantVisit} runs: the words for what the exclusion constraints refuse. */
export const INSTANT_CONSTRAINTS = {
  slot_practitioner_excl: "practitioner_busy",
  slot_patient_excl: "patient_busy",
} as const;

/**
 * Writes a visit that begins now: appointment, encounter, claim and the trail, for the visit type's duration cut at the
 * practitioner's next claim. The caller's transaction must not have taken locks that come after the practitioners'. Its
 * conference, a virtual room, is made when the visit is started.
 *
 * A patient from the queue is there already, and waits; one from a conversation is not yet.
 */
export async function createInstantVisit(
  tx: Tx,
  visit: InstantVisit,
  now: Temporal.Instant,
): Promise<Result<{ appointmentId: string; endAt: Temporal.Instant }, InstantRefusal>> {
  const { practitionerId, visitTypeId, patientId, origin } = visit;
  await lockClaims(tx, [practitionerId]);
  const offer = await findOffer(tx, { practitionerId, visitTypeId, startAt: now });
  if (!offer || !(await offersType(tx, visit))) return refuse("not_offered");
  if (await unsafeIsInVisit(tx, practitionerId)) return refuse("practitioner_busy");
  const standing = await listStanding(tx, practitionerId, now);
  const endAt = instantEnd(standing, offer.visitType.durationMinutes, now);
  if (typeof endAt === "string") return refuse(endAt);
  const period = { start: now, end: endAt };
  await dropExpiredHolds(tx, practitionerId, period, now);
  await releaseRest(tx, visit, now);
  const seats = seatsFor(offer.practitioner.entry);
  if (seats > (await spareSeats(tx, endAt, now))) return refuse("no_guest_seat");

  const patient = await tx.patient.findUniqueOrThrow({ where: { id: patientId } });
  const appointmentId = newId();
  const waits = origin === "now";
  const reason = visit.reason ? seal(visit.reason, `appointment.reason:${appointmentId}`) : undefined;
  const times = { startAt: toDate(now), endAt: toDate(endAt) };
  await tx.appointment.create({
    data: {
      id: appointmentId,
      practitionerId,
      visitTypeId,
      patientId,
      origin,
      status: waits ? "arrived" : "booked",
      ...times,
      timeZone: visit.timeZone,
      locale: visit.locale,
      reasonSealed: reason?.sealed ?? null,
      reasonKeyId: reason?.keyId ?? null,
      idempotencyKey: newId(),
      createdAt: toDate(now),
    },
  });
  await tx.encounter.create({
    data: {
      id: newId(),
      appointmentId,
      status: waits ? "arrived" : "planned",
      arrivedAt: waits ? toDate(now) : null,
      entry: offer.practitioner.entry,
      createdAt: toDate(now),
    },
  });
  await tx.slot.create({
    data: {
      id: newId(),
      practitionerId,
      visitTypeId,
      patientId,
      appointmentId,
      status: "busy",
      ...times,
      visitStartAt: times.startAt,
      visitEndAt: times.endAt,
      seats,
      createdAt: toDate(now),
    },
  });
  if (visit.intake)
    await writeIntake(tx, { appointmentId, patientId, locale: visit.locale }, visit.intake, now);
  await publish(tx, [practitionerTopic(practitionerId), timesTopic(practitionerId), patientTopic(patientId)]);
  await recordAudit(
    tx,
    {
      action: "appointment.booked",
      details: { by: origin === "now" ? "queue" : "chat" },
      actor: visit.actor,
      outcome: "success",
      subject: patient.pseudonym,
      entity: { type: "appointment", id: appointmentId },
    },
    now,
  );
  return ok({ appointmentId, endAt });
}

const offersType = async (tx: Tx, { practitionerId, visitTypeId }: InstantVisit): Promise<boolean> =>
  (await tx.practitionerVisitType.count({ where: { practitionerId, visitTypeId } })) > 0;

/** Gives back what remains of either side's visits that ended before their time. */
async function releaseRest(tx: Tx, people: InstantVisit, now: Temporal.Instant): Promise<void> {
  const end = toDate(now);
  for (const { id, visitStartAt } of await listLeftOver(tx, people, now)) {
    // A visit that was over before its booked start has no time left to claim.
    if (isBefore(toInstant(visitStartAt), now)) {
      await tx.slot.update({ where: { id }, data: { endAt: end, visitEndAt: end } });
    } else {
      await tx.slot.delete({ where: { id } });
    }
  }
}
