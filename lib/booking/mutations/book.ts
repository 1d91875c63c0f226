import type { Temporal } from "temporal-polyfill";
import { recordAudit } from "@/lib/audit/mutations";
import { isOffered } from "@/lib/availability/data";
import { seatsFor } from "@/lib/availability/rules/seats";
import { env } from "@/lib/core/env";
import { newId } from "@/lib/core/ids";
import { ok, type Result, refuse } from "@/lib/core/result";
import type { Tx } from "@/lib/db/client";
import { lockPractitioners, lockSeats } from "@/lib/db/locks";
import { transaction } from "@/lib/db/transaction";
import { createPatientForBooking } from "@/lib/directory/mutations";
import { publish } from "@/lib/events/publish";
import { practitionerTopic } from "@/lib/events/topics";
import { enqueue } from "@/lib/jobs/send";
import { queueNotification } from "@/lib/notifications/mutations";
import { mintVisitLink } from "@/lib/security/access-link";
import { seal } from "@/lib/security/seal";
import { toDate, toInstant } from "@/lib/time/instant";
import type { Booked, Booking, BookingRefusal } from "../types/booking";
import { claimOf, dropExpiredHolds, seatsTaken } from "./claim";

/** The exclusion constraints are what refuses a second booking; these are the words for it. */
const CONSTRAINTS = {
  slot_practitioner_excl: "slot_taken",
  slot_patient_excl: "patient_busy",
  appointment_idempotency_key_key: "already_booked",
} as const;

/**
 * Books a visit: claim, appointment, encounter, mails, the conference's job and the trail in one transaction.
 * The same form sent again finds its first booking.
 */
export const bookAppointment = (
  booking: Booking,
  now: Temporal.Instant,
): Promise<Result<Booked, BookingRefusal>> => transaction((tx) => book(tx, booking, now), CONSTRAINTS);

async function book(
  tx: Tx,
  booking: Booking,
  now: Temporal.Instant,
): Promise<Result<Booked, BookingRefusal>> {
  const seatLimit = env().TRUECONF_GUEST_SEATS;
  if (seatLimit !== undefined) await lockSeats(tx);
  await lockPractitioners(tx, [booking.practitionerId]);

  // Under the practitioner's lock: a form sent twice at once finds its first sending here, committed.
  const repeated = await findRepeated(tx, booking, now);
  if (!repeated.ok) return repeated;
  if (repeated.value) return ok(repeated.value);

  const practitioner = await tx.practitioner.findFirst({
    where: { id: booking.practitionerId, active: true },
  });
  const visitType = await tx.visitType.findFirst({ where: { id: booking.visitTypeId, active: true } });
  const { practitionerId, visitTypeId, startAt } = booking;
  if (!practitioner || !visitType || !(await isOffered(tx, { practitionerId, visitTypeId, startAt, now }))) {
    return refuse("not_offered");
  }

  const { visit, claim } = claimOf(visitType, startAt);
  await dropExpiredHolds(tx, practitionerId, claim, now);
  const seats = seatsFor(practitioner.entry);
  if (seatLimit !== undefined && (await seatsTaken(tx, visit, now)) + seats > seatLimit)
    return refuse("no_guest_seat");

  const patient = await resolvePatient(tx, booking, now);
  const appointmentId = newId();
  const reason =
    booking.reason === "" ? undefined : seal(booking.reason, `appointment.reason:${appointmentId}`);
  await tx.appointment.create({
    data: {
      id: appointmentId,
      practitionerId,
      visitTypeId,
      patientId: patient.id,
      status: "booked",
      startAt: toDate(visit.start),
      endAt: toDate(visit.end),
      timeZone: booking.timeZone,
      locale: booking.locale,
      reasonSealed: reason?.sealed ?? null,
      reasonKeyId: reason?.keyId ?? null,
      idempotencyKey: booking.idempotencyKey,
      createdAt: toDate(now),
      encounter: {
        create: { id: newId(), status: "planned", entry: practitioner.entry, createdAt: toDate(now) },
      },
    },
  });
  await tx.slot.create({
    data: {
      id: newId(),
      practitionerId,
      visitTypeId,
      patientId: patient.id,
      appointmentId,
      status: "busy",
      startAt: toDate(claim.start),
      endAt: toDate(claim.end),
      visitStartAt: toDate(visit.start),
      visitEndAt: toDate(visit.end),
      seats,
      createdAt: toDate(now),
    },
  });

  await queueNotification(tx, { kind: "booking_confirmed", appointmentId, patientId: patient.id, now });
  await queueNotification(tx, { kind: "booking_received", appointmentId, userId: practitioner.userId, now });
  await enqueue(tx, "appointment.booked", { appointmentId });
  await publish(tx, [practitionerTopic(practitionerId)]);
  const token = booking.booker.kind === "guest" ? await mintVisitLink(tx, appointmentId, now) : undefined;
  await recordAudit(
    tx,
    {
      action: "appointment.booked",
      details: { by: booking.booker.kind },
      actor:
        booking.booker.kind === "account"
          ? { kind: "user", pseudonym: booking.booker.pseudonym }
          : { kind: "anonymous" },
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
 * The booking that this form has made before, if it has, with a fresh link. The key is random and known to the one browser
 * that was given the form; the same key for another time is a mistake.
 */
async function findRepeated(
  tx: Tx,
  booking: Booking,
  now: Temporal.Instant,
): Promise<Result<Booked | undefined, "already_booked">> {
  const first = await tx.appointment.findUnique({ where: { idempotencyKey: booking.idempotencyKey } });
  if (!first) return ok(undefined);
  const same =
    first.practitionerId === booking.practitionerId &&
    first.visitTypeId === booking.visitTypeId &&
    toInstant(first.startAt).equals(booking.startAt) &&
    (booking.booker.kind === "guest" || first.patientId === booking.booker.patientId);
  if (!same) return refuse("already_booked");
  const token = booking.booker.kind === "guest" ? await mintVisitLink(tx, first.id, now) : undefined;
  return ok({ appointmentId: first.id, token });
}

async function resolvePatient(tx: Tx, { booker, locale, timeZone }: Booking, now: Temporal.Instant) {
  if (booker.kind === "account") return tx.patient.findUniqueOrThrow({ where: { id: booker.patientId } });
  return createPatientForBooking(tx, {
    name: booker.name,
    email: booker.email,
    phone: booker.phone,
    locale,
    timeZone,
    now,
  });
}
