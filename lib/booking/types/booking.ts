import type { Temporal } from "temporal-polyfill";

/** Why a time could not be booked. */
export type BookingRefusal =
  /** Somebody else has it. */
  | "slot_taken"
  /** The patient has another visit at that time. */
  | "patient_busy"
  /** Outside the hours, the notice or the horizon, or of a visit type or practitioner that cannot be booked. */
  | "not_offered"
  /** As many guests as the licence allows are expected at that time. */
  | "no_guest_seat"
  /** The same form has already booked another time. */
  | "already_booked";

/** Who comes: a patient with an account, or the contact of somebody without one. */
export type Booker =
  | { kind: "account"; patientId: string; pseudonym: string }
  | { kind: "guest"; name: string; email: string; phone: string | undefined };

export type Booking = {
  practitionerId: string;
  visitTypeId: string;
  startAt: Temporal.Instant;
  reason: string;
  idempotencyKey: string;
  booker: Booker;
  /** The viewer's language and zone: kept for mails and for pages opened by link. */
  locale: string;
  timeZone: string;
  address: string | undefined;
};

export type Booked = {
  appointmentId: string;
  /** The personal link's token, for somebody without an account. */
  token: string | undefined;
};
