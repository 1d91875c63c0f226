import type { Temporal } from "temporal-polyfill";
import { auditActor, hasRole } from "@/lib/access/rules";
import type { Actor } from "@/lib/access/types";
import { recordAudit } from "@/lib/audit/mutations";
import { isOffered } from "@/lib/availability/data/offer";
import { seatsFor } from "@/lib/availability/rules/seats";
import { env } from "@/lib/core/env";
import { InvariantError } from "@/lib/core/errors";
import { ok, type Result, refuse } from "@/lib/core/result";
import type { Tx } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { publish } from "@/lib/events/publish";
import { appointmentTopic, practitionerTopic, timesTopic } from "@/lib/events/topics";
import { enqueue } from "@/lib/jobs/send";
import { queueNotification } from "@/lib/notifications/mutations";
import { seal } from "@/lib/security/seal";
import { toDate, toInstant } from "@/lib/time/instant";
import { moveRefusal } from "../rules/change";
import type { ChangedBy, Reschedule, RescheduleRefusal } from "../types/change";
import { type ChangeableRow, changeableTimes, lockChangeable } from "./changeable";
import {
  claimColumns,
  claimOf,
  dropExpiredHolds,
  findOffer,
  type Offer,
  type Period,
  seatsTaken,
} from "./claim";

/** The exclusion constraints are what refuses the new time; these are the words for it. */
const CONSTRAINTS = { slot_practitioner_excl: "slot_taken", slot_patient_excl: "patient_busy" } as const;

/** How often a visit may go to yet another practitioner between the first look at it and its locks. */
const MAX_ATTEMPTS = 5;

/**
 * Moves a visit to another time, or to another practitioner, or both: in one transaction, so that the old time is kept unless the
 * new one is won. The claim's row is moved by one UPDATE in place: a visit can move by a quarter of an hour, onto part of its own
 * time. A visit that is there already is left as it is.
 *
 * Staff move regardless of notice and horizon, and with a written reason on top of other claims and outside of hours; a patient
 * moves a visit with the same practitioner, until the visit type's limit before the start.
 *
 * Its conference follows by the job `appointment.moved`, the time that came free is offered by `slot.freed`.
 */
export async function rescheduleAppointment(
  move: Reschedule,
  actor: Actor,
  now: Temporal.Instant,
): Promise<Result<undefined, RescheduleRefusal>> {
  for (let attempt = 1; ; attempt += 1) {
    const moved = await transaction((tx) => reschedule(tx, move, actor, now), CONSTRAINTS);
    if (moved.ok) return moved;
    if (moved.reason !== "outrun") return refuse(moved.reason);
    if (attempt === MAX_ATTEMPTS) return refuse("slot_taken");
  }
}

async function reschedule(
  tx: Tx,
  move: Reschedule,
  actor: Actor,
  now: Temporal.Instant,
): Promise<Result<undefined, RescheduleRefusal | "outrun">> {
  const { appointmentId, startAt, holderHash } = move;
  const practitionerIds = move.practitionerId === undefined ? [] : [move.practitionerId];
  const changing = await lockChangeable(tx, actor, { appointmentId, practitionerIds });
  if (!changing) return refuse("not_found");
  if (changing === "outrun") return refuse("outrun");
  const { visit, by } = changing;
  const practitionerId = move.practitionerId ?? visit.practitionerId;
  const isReassigned = practitionerId !== visit.practitionerId;
  const isThere = !isReassigned && toInstant(visit.startAt).equals(startAt);

  const refusal = moveRefusal(changeableTimes(visit), by, now);
  if (refusal) return refuse(refusal);
  const { slot } = visit;
  if (!slot) throw new InvariantError(`appointment ${visit.id} has no claim`);
  if (isThere) return ok();
  const overbookReason = by === "patient" ? "" : (move.overbookReason ?? "").trim();
  if (!mayGive(actor, by, { isReassigned, overbooks: overbookReason !== "" })) return refuse("not_offered");

  const wanted = { practitionerId, visitTypeId: visit.visitTypeId, startAt };
  const offer = await findOffer(tx, wanted);
  if (!offer) return refuse("not_offered");
  const times = claimOf(offer.visitType, startAt);
  await dropExpiredHolds(tx, practitionerId, times.claim, now);
  if (holderHash)
    await tx.slot.deleteMany({ where: { holderHash, practitionerId, status: "busy_tentative" } });
  const overbooks = overbookReason !== "";
  if (!overbooks && !(await isOffered(tx, { ...wanted, now }))) return refuse("not_offered");
  const collides = await meetsClaims(tx, { practitionerId, patientId: visit.patientId, ...times }, slot.id);
  if (collides && !overbooks) return refuse(collides);
  const seats = await takeSeats(
    tx,
    visit,
    times.visit,
    isReassigned ? offer.practitioner.entry : undefined,
    now,
  );
  if (seats === undefined) return refuse("no_guest_seat");

  await tx.slot.update({
    where: { id: slot.id },
    data: { practitionerId, ...claimColumns(times), seats, overbooked: collides !== undefined },
  });
  await moveVisit(
    tx,
    visit,
    { practitionerId, offer: isReassigned ? offer : undefined, visit: times.visit, overbookReason },
    now,
  );
  await tellOthers(tx, visit, { practitionerId, userId: offer.practitioner.userId }, now);
  await recordAudit(
    tx,
    {
      action: "appointment.moved",
      details: { by: by === "patient" ? "patient" : "staff", reassigned: isReassigned },
      actor: auditActor(actor),
      outcome: "success",
      subject: visit.patient.pseudonym,
      entity: { type: "appointment", id: visit.id },
    },
    now,
  );
  return ok();
}

/**
 * Whether the new time meets another claim. Under the practitioner's lock, so that it also keeps a visit off those booked on top of
 * others, which the constraints leave out; and a visit is marked as one of these only where it is one.
 */
async function meetsClaims(
  tx: Tx,
  {
    practitionerId,
    patientId,
    visit,
    claim,
  }: { practitionerId: string; patientId: string; visit: Period; claim: Period },
  ownSlotId: string,
): Promise<"slot_taken" | "patient_busy" | undefined> {
  const theirs = await tx.slot.count({
    where: {
      id: { not: ownSlotId },
      practitionerId,
      startAt: { lt: toDate(claim.end) },
      endAt: { gt: toDate(claim.start) },
    },
  });
  if (theirs > 0) return "slot_taken";
  const patients = await tx.slot.count({
    where: {
      id: { not: ownSlotId },
      patientId,
      status: "busy",
      visitStartAt: { lt: toDate(visit.end) },
      visitEndAt: { gt: toDate(visit.start) },
    },
  });
  return patients > 0 ? "patient_busy" : undefined;
}

/**
 * Whether a visit may go where it is to go: a patient's stays with its practitioner, and a practitioner puts nothing on top of a
 * colleague's visits.
 */
function mayGive(
  actor: Actor,
  by: ChangedBy,
  { isReassigned, overbooks }: { isReassigned: boolean; overbooks: boolean },
): boolean {
  if (!isReassigned) return true;
  if (by === "patient") return false;
  return !overbooks || by === "system" || hasRole(actor, "administrator");
}

/**
 * The guest seats that the visit takes at its new time, where the licence has them; with the new practitioner's way of entering in
 * the old one's place.
 */
async function takeSeats(
  tx: Tx,
  { slot, encounter }: ChangeableRow,
  period: Period,
  entry: Offer["practitioner"]["entry"] | undefined,
  now: Temporal.Instant,
): Promise<number | undefined> {
  const own = slot?.seats ?? seatsFor(encounter.entry);
  const seats = entry === undefined ? own : own - seatsFor(encounter.entry) + seatsFor(entry);
  const limit = env().TRUECONF_GUEST_SEATS;
  if (limit === undefined) return seats;
  return (await seatsTaken(tx, period, now, slot?.id)) + seats > limit ? undefined : seats;
}

type Moved = {
  practitionerId: string;
  /** Set when the visit goes to somebody else. */
  offer: Offer | undefined;
  visit: Period;
  overbookReason: string;
};

/** The appointment and its encounter as they now are. Whoever waited for the old time has not arrived for the new one. */
async function moveVisit(
  tx: Tx,
  { id, startAt, encounter, practitionerId: formerId }: ChangeableRow,
  { practitionerId, offer, visit, overbookReason }: Moved,
  now: Temporal.Instant,
): Promise<void> {
  const reason = overbookReason === "" ? undefined : seal(overbookReason, `appointment.overbook:${id}`);
  await tx.appointment.update({
    where: { id },
    data: {
      practitionerId,
      startAt: toDate(visit.start),
      endAt: toDate(visit.end),
      status: "booked",
      sequence: { increment: 1 },
      movedFromAt: startAt,
      movedAt: toDate(now),
      overbookReasonSealed: reason?.sealed ?? null,
      overbookReasonKeyId: reason?.keyId ?? null,
    },
  });
  await tx.encounter.update({
    where: { id: encounter.id },
    data: { status: "planned", arrivedAt: null, ...(offer ? { entry: offer.practitioner.entry } : {}) },
  });
  // The former practitioner enters this conference no more.
  if (offer) await tx.guest.deleteMany({ where: { encounterId: encounter.id, practitionerId: formerId } });
}

/**
 * Mails, jobs and live pages. Whoever loses the visit is told that it was cancelled, whoever gets it that it was booked: to neither
 * of them it has moved.
 */
async function tellOthers(
  tx: Tx,
  visit: ChangeableRow,
  present: { practitionerId: string; userId: string },
  now: Temporal.Instant,
): Promise<void> {
  const { id: appointmentId, patientId, practitionerId: formerId, slot } = visit;
  await queueNotification(tx, { kind: "appointment_moved", appointmentId, patientId, now });
  if (present.practitionerId === formerId) {
    await queueNotification(tx, { kind: "appointment_moved", appointmentId, userId: present.userId, now });
  } else {
    const formerUserId = visit.practitioner.userId;
    await queueNotification(tx, { kind: "appointment_cancelled", appointmentId, userId: formerUserId, now });
    await queueNotification(tx, { kind: "booking_received", appointmentId, userId: present.userId, now });
  }
  await enqueue(tx, "appointment.moved", { appointmentId });
  if (slot) {
    const [startAt, endAt] = [slot.startAt.toISOString(), slot.endAt.toISOString()];
    await enqueue(tx, "slot.freed", { practitionerId: formerId, startAt, endAt });
  }
  const practitionerIds = [...new Set([formerId, present.practitionerId])];
  await publish(tx, [
    appointmentTopic(appointmentId),
    ...practitionerIds.map(practitionerTopic),
    ...practitionerIds.map(timesTopic),
  ]);
}
