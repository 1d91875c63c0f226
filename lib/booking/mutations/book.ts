import type { Temporal } from "temporal-polyfill";
import { recordAudit } from "@/lib/audit/mutations";
import { newId } from "@/lib/core/ids";
import { ok, type Result, refuse } from "@/lib/core/result";
import type { Tx } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { transaction } from "@/lib/db/transaction";
import { publish } from "@/lib/events/publish";
import { practitionerTopic, timesTopic } from "@/lib/events/topics";
import { enqueue } from "@/lib/jobs/send";
import { queueNotification } from "@/lib/notifications/mutations";
import { mintVisitLink } from "@/lib/security/access-link";
import { seal } from "@/lib/security/seal";
import { isBefore, toDate } from "@/lib/time/instant";
import { bookerActor, hasNoAccount } from "../rules/booker";
import type { Booked, Booker, Booking, BookingRefusal } from "../types/booking";
import { resolvePatient } from "./booking-patient";
import {
  checkClaim,
  checkSeats,
  claimColumns,
  claimOf,
  clearWay,
  findOffer,
  lockClaims,
  type Offer,
  type Period,
} from "./claim";
import { checkIntake, writeIntake } from "./intake";
import { findRepeated } from "./repeated-booking";
import { expireOffers } from "./waitlist-end";

/** The exclusion constraints are what refuses a second booking; these are the words for it. */
const CONSTRAINTS = {
  slot_practitioner_excl: "slot_taken",
  slot_patient_excl: "patient_busy",
  appointment_idempotency_key_key: "already_booked",
} as const;

/**
 * Books a visit: claim, appointment, encounter, answers, consents, mails, the conference's job and the trail in one transaction.
 * What the visitor holds becomes the claim, even where it has run out or is for another time. The same form sent again finds its
 * first booking.
 */
export async function bookAppointment(
  booking: Booking,
  now: Temporal.Instant,
): Promise<Result<Booked, BookingRefusal>> {
  await expireOffers(now, booking.practitionerId);
  return transaction((tx) => book(tx, booking, now), CONSTRAINTS);
}

async function book(
  tx: Tx,
  booking: Booking,
  now: Temporal.Instant,
): Promise<Result<Booked, BookingRefusal>> {
  const { practitionerId, visitTypeId, startAt, booker } = booking;
  const hold = await findOwnHold(tx, booking);
  await lockClaims(tx, [practitionerId, ...(hold ? [hold.practitionerId] : [])]);

  // Under the practitioner's lock: a form sent twice at once finds its first sending here, committed.
  const repeated = await findRepeated(tx, booking, now);
  if (!repeated.ok) return repeated;
  if (repeated.value) return ok(repeated.value);

  const offer = await findOffer(tx, booking);
  if (!offer) return refuse("not_offered");
  const { visit, claim } = claimOf(offer.visitType, startAt);
  const overbookReason = overbookReasonOf(booker);
  const isTaken = await clearWay(tx, { practitionerId, claim }, now, hold?.id);
  if (isTaken && overbookReason === "") return refuse("slot_taken");
  const allowed = await checkTime(tx, booking, offer, hold?.id, now);
  if (!allowed.ok) return allowed;
  const intake = await checkIntake(tx, booking);
  if (!intake.ok) return intake;
  const resolved = await resolvePatient(tx, booking, now);
  if (!resolved.ok) return resolved;
  const patient = resolved.value;
  const isBusy = booker.kind !== "guest" && (await isPatientBusy(tx, patient.id, visit));
  if (isBusy && overbookReason === "") return refuse("patient_busy");

  const appointmentId = newId();
  const reason = sealed(booking.reason, `appointment.reason:${appointmentId}`);
  const overbook = sealed(overbookReason, `appointment.overbook:${appointmentId}`);
  await tx.appointment.create({
    data: {
      id: appointmentId,
      practitionerId,
      visitTypeId,
      patientId: patient.id,
      status: "booked",
      followsId: booking.followsId ?? null,
      startAt: toDate(visit.start),
      endAt: toDate(visit.end),
      timeZone: booking.timeZone,
      locale: booking.locale,
      reasonSealed: reason?.sealed ?? null,
      reasonKeyId: reason?.keyId ?? null,
      overbookReasonSealed: overbook?.sealed ?? null,
      overbookReasonKeyId: overbook?.keyId ?? null,
      idempotencyKey: booking.idempotencyKey,
      createdAt: toDate(now),
    },
    select: { id: true },
  });
  await tx.encounter.create({
    data: {
      id: newId(),
      appointmentId,
      status: "planned",
      entry: offer.practitioner.entry,
      createdAt: toDate(now),
    },
    select: { id: true },
  });
  await claimTime(
    tx,
    hold?.id,
    {
      practitionerId,
      visitTypeId,
      patientId: patient.id,
      appointmentId,
      status: "busy",
      ...claimColumns({ visit, claim }),
      seats: allowed.value.seats,
      overbooked: isTaken || isBusy,
    },
    now,
  );
  await writeIntake(tx, { appointmentId, patientId: patient.id, locale: booking.locale }, intake.value, now);

  const arranged = { appointmentId, now };
  const { userId } = offer.practitioner;
  const first = { sequence: 0 };
  await queueNotification(tx, { kind: "booking_confirmed", ...arranged, patientId: patient.id }, first);
  await queueNotification(tx, { kind: "booking_received", ...arranged, userId }, first);
  await enqueue(tx, "appointment.booked", { appointmentId });
  await publish(tx, [practitionerTopic(practitionerId), timesTopic(practitionerId)]);
  const token = hasNoAccount(booker) ? await mintVisitLink(tx, appointmentId, now) : undefined;
  await recordAudit(
    tx,
    {
      action: "appointment.booked",
      details: { by: booker.kind, ...(overbook ? { overbooked: true } : {}) },
      actor: bookerActor(booker),
      outcome: "success",
      subject: patient.pseudonym,
      entity: { type: "appointment", id: appointmentId },
      address: booking.address,
    },
    now,
  );
  return ok({ appointmentId, token });
}

/**
 * Whether the time may be claimed, and for how many seats. Staff are bound by neither notice nor horizon, and with a written reason by
 * no hours and no limit a day either; nobody books what has begun, or more guests than the licence has seats.
 */
function checkTime(
  tx: Tx,
  { booker, practitionerId, visitTypeId, startAt, holderHash }: Booking,
  offer: Offer,
  holdId: string | undefined,
  now: Temporal.Instant,
) {
  if (overbookReasonOf(booker) === "") {
    const claimant = {
      exceptSlotId: holdId,
      exceptHolder: holderHash,
      forStaff: booker.kind === "staff",
    };
    return checkClaim(tx, { practitionerId, visitTypeId, startAt }, offer, claimant, now);
  }
  if (isBefore(startAt, now)) return refuse("not_offered");
  return checkSeats(tx, claimOf(offer.visitType, startAt).visit, offer.practitioner, now, holdId);
}

/** Whether a patient has another visit then, also one that was booked on top of others, which the constraint leaves out. */
async function isPatientBusy(tx: Tx, patientId: string, visit: Period): Promise<boolean> {
  const others = await tx.slot.count({
    where: {
      patientId,
      status: "busy",
      visitStartAt: { lt: toDate(visit.end) },
      visitEndAt: { gt: toDate(visit.start) },
    },
  });
  return others > 0;
}

/** What the visitor holds, wherever and however long: one row at most. Read before the locks, since it says which to take. */
async function findOwnHold(tx: Tx, { holderHash }: Booking) {
  if (!holderHash) return null;
  return tx.slot.findUnique({ where: { holderHash }, select: { id: true, practitionerId: true } });
}

type Claim = Omit<Prisma.SlotUncheckedCreateInput, "id" | "createdAt">;

/** The hold becomes the claim by one UPDATE in place, so that it cannot collide with itself; without one there is a new row. */
async function claimTime(tx: Tx, holdId: string | undefined, claim: Claim, now: Temporal.Instant) {
  if (holdId !== undefined) {
    const { count } = await tx.slot.updateMany({
      where: { id: holdId, status: "busy_tentative" },
      data: { ...claim, holderHash: null, expiresAt: null, fullExpiresAt: null, presenceSequence: null },
    });
    if (count > 0) return;
  }
  await tx.slot.create({ data: { ...claim, id: newId(), createdAt: toDate(now) }, select: { id: true } });
}

const sealed = (text: string, place: string) => (text === "" ? undefined : seal(text, place));

const overbookReasonOf = (booker: Booker): string =>
  booker.kind === "staff" ? (booker.overbookReason ?? "") : "";
