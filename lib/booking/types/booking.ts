import type { Temporal } from "temporal-polyfill";
import type { AuditActor } from "@/lib/audit/types";

/** Why a time could not be booked. */
export type BookingRefusal =
  /** Somebody else has it. */
  | "slot_taken"
  /** The patient has another visit at that time. */
  | "patient_busy"
  /** Outside the hours, the notice or the horizon, or of a visit type or practitioner that cannot be booked. */
  | "not_offered"
  /** That day already has as many visits of this type as the practitioner takes. */
  | "day_full"
  /** As many guests as the licence allows are expected at that time. */
  | "no_guest_seat"
  /** The same form has already booked another time. */
  | "already_booked"
  /** Questions are not answered as they ask, or have changed meanwhile. */
  | "answers"
  /** Not everything was agreed to, or its wording has changed meanwhile. */
  | "consents"
  /** Not a patient for whom this booker may book. */
  | "unknown_patient";

/**
 * Who books, and for whom.
 *
 * - `account`: for its own patient or one whom it speaks for by id, or by name for somebody it has not booked for before.
 * - `link`: whoever holds a personal link, again for that visit's patient.
 * - `guest`: `name` is the patient's; the contact's is apart where it is somebody else's, a parent's say.
 * - `staff`: for a patient by id, which the caller has looked up for this actor, or for a new one.
 */
export type Booker =
  | { kind: "account"; userId: string; pseudonym: string; patient: { id: string } | { name: string } }
  | { kind: "link"; patient: { id: string; pseudonym: string } }
  | ({ kind: "guest" } & NewPatient)
  | { kind: "staff"; actor: AuditActor; patient: { id: string } | NewPatient; overbookReason?: string };

export type NewPatient = {
  name: string;
  /** Only staff book for somebody who has none: nothing can be mailed then. */
  email: string | undefined;
  phone: string | undefined;
  contactName?: string | undefined;
};

export type Booking = {
  practitionerId: string;
  visitTypeId: string;
  startAt: Temporal.Instant;
  reason: string;
  idempotencyKey: string;
  booker: Booker;
  /** The visit from which it was booked: in whose place, or after which. */
  followsId?: string | undefined;
  /** SHA-256 of the visitor's id: whose hold becomes the visit. */
  holderHash?: Uint8Array<ArrayBuffer> | undefined;
  /** What was typed, by the question's id. Staff need not answer. */
  answers: Readonly<Record<string, string>>;
  /** The versions that the form showed and that were agreed to. Staff agree to nothing in a patient's place. */
  consentTextIds: readonly string[];
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
