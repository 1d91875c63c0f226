import type { Temporal } from "temporal-polyfill";
import { auditActor, keepsAllSchedules } from "@/lib/access/rules";
import type { Actor } from "@/lib/access/types";
import { recordAudit } from "@/lib/audit/mutations";
import { offerRefusal } from "@/lib/availability/data/offer";
import { seatsFor } from "@/lib/availability/rules/seats";
import { env } from "@/lib/core/env";
import { InvariantError } from "@/lib/core/errors";
import { ok, type Result, refuse } from "@/lib/core/result";
import type { Tx } from "@/lib/db/client";
import type { Slot } from "@/lib/db/generated/client";
import type { PractitionerEntry } from "@/lib/db/generated/enums";
import { transaction } from "@/lib/db/transaction";
import { publish } from "@/lib/events/publish";
import { appointmentTopic, practitionerTopic, timesTopic } from "@/lib/events/topics";
import { enqueue } from "@/lib/jobs/send";
import { queueNotification } from "@/lib/notifications/mutations";
import { seal } from "@/lib/security/seal";
import { isBefore, toDate, toInstant } from "@/lib/time/instant";
import { moveRefusal } from "../rules/change";
import type { ChangedBy, Reschedule, RescheduleRefusal } from "../types/change";
import { type ChangeableRow, changeableTimes, lockChangeable } from "./changeable";
import { claimColumns, claimOf, clearWay, findOffer, type Period, seatsTaken } from "./claim";
import { expireOffers } from "./waitlist-end";

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
  await expireOffers(now, move.practitionerId);
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
  const overbooks = overbookReason !== "";
  if (!mayGive(actor, by, { isReassigned, overbooks })) return refuse("not_offered");

  const offer = await findOffer(tx, { practitionerId, visitTypeId: visit.visitTypeId, startAt });
  if (!offer) return refuse("not_offered");
  if (holderHash)
    await tx.slot.deleteMany({ where: { holderHash, practitionerId, status: "busy_tentative" } });
  const entry = isReassigned ? offer.practitioner.entry : undefined;
  const place = { practitionerId, startAt, entry, ...claimOf(offer.visitType, startAt) };
  const checked = await checkPlace(tx, { ...visit, slot }, place, { by, overbooks }, now);
  if (!checked.ok) return checked;
  await tx.slot.update({
    where: { id: slot.id },
    data: { practitionerId, ...claimColumns(place), ...checked.value },
  });
  await moveVisit(tx, visit, place, overbookReason, now);
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

type Place = {
  practitionerId: string;
  startAt: Temporal.Instant;
  /** How the new practitioner enters; set when the visit goes to somebody else. */
  entry: PractitionerEntry | undefined;
  visit: Period;
  claim: Period;
};

/**
 * Whether a visit may take a place: offered, free, and with guest seats. The first two are not asked of whoever has a reason to
 * overbook; such a visit is marked so only where it really meets another, since the constraints then let it be.
 */
async function checkPlace(
  tx: Tx,
  row: ChangeableRow & { slot: Slot },
  { practitionerId, startAt, entry, visit, claim }: Place,
  { by, overbooks }: { by: ChangedBy; overbooks: boolean },
  now: Temporal.Instant,
): Promise<Result<{ seats: number; overbooked: boolean }, RescheduleRefusal>> {
  const { slot, patientId, visitTypeId, id: exceptAppointmentId } = row;
  if (!isBefore(now, startAt)) return refuse("not_offered");
  if (!overbooks) {
    const start = { practitionerId, visitTypeId, startAt, now };
    const refusal = await offerRefusal(tx, { ...start, exceptAppointmentId, forStaff: by !== "patient" });
    if (refusal) return refuse(refusal);
  }
  const isTaken = await clearWay(tx, { practitionerId, claim }, now, slot.id);
  if (isTaken && !overbooks) return refuse("slot_taken");
  const isBusy = await hasOtherVisit(tx, patientId, visit, slot.id);
  if (isBusy && !overbooks) return refuse("patient_busy");
  const seats = await takeSeats(tx, row, visit, entry, now);
  return seats === undefined ? refuse("no_guest_seat") : ok({ seats, overbooked: isTaken || isBusy });
}

/** Whether the patient has another visit then, with whomever. */
const hasOtherVisit = async (tx: Tx, patientId: string, { start, end }: Period, ownSlotId: string) =>
  (await tx.slot.count({
    where: {
      id: { not: ownSlotId },
      patientId,
      status: "busy",
      visitStartAt: { lt: toDate(end) },
      visitEndAt: { gt: toDate(start) },
    },
  })) > 0;

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
  return !overbooks || by === "system" || keepsAllSchedules(actor);
}

/**
 * The guest seats that the visit takes at its new time, where the licence has them; with the new practitioner's way of entering in
 * the old one's place.
 */
async function takeSeats(
  tx: Tx,
  { slot, encounter }: ChangeableRow & { slot: Slot },
  period: Period,
  entry: PractitionerEntry | undefined,
  now: Temporal.Instant,
): Promise<number | undefined> {
  const seats = entry === undefined ? slot.seats : slot.seats - seatsFor(encounter.entry) + seatsFor(entry);
  const limit = env().TRUECONF_GUEST_SEATS;
  if (limit === undefined) return seats;
  return (await seatsTaken(tx, period, now, slot.id)) + seats > limit ? undefined : seats;
}

/** The appointment and its encounter as they now are. Whoever waited for the old time has not arrived for the new one. */
async function moveVisit(
  tx: Tx,
  { id, startAt, encounter, practitionerId: formerId }: ChangeableRow,
  { practitionerId, entry, visit }: Place,
  overbookReason: string,
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
    data: { status: "planned", arrivedAt: null, ...(entry ? { entry } : {}) },
  });
  // The former practitioner enters this conference no more.
  if (entry) await tx.guest.deleteMany({ where: { encounterId: encounter.id, practitionerId: formerId } });
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
