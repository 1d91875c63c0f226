import type { Temporal } from "temporal-polyfill";

/** Why a visit stays when and with whom it is. */
export type RescheduleRefusal =
  /** Not a visit of this actor's. */
  | "not_found"
  /** It has begun, is over, or was cancelled. */
  | "not_changeable"
  /** It begins too soon for its patient to change it: the clinic still can. */
  | "too_late"
  /** Somebody else has the new time. */
  | "slot_taken"
  /** The patient has another visit at that time. */
  | "patient_busy"
  /** Outside the hours, the notice or the horizon, or with somebody to whom this actor may not give it. */
  | "not_offered"
  /** That day already has as many visits of this type as the practitioner takes. */
  | "day_full"
  /** As many guests as the licence allows are expected at that time. */
  | "no_guest_seat";

export type CancelRefusal = "not_found" | "not_changeable" | "too_late";

export type Reschedule = {
  appointmentId: string;
  /** The new start. */
  startAt: Temporal.Instant;
  /** Whom it goes to; the present practitioner where none is named. Staff only. */
  practitionerId?: string | undefined;
  /** Why it is put on top of another claim, or where nothing is offered. Staff only. */
  overbookReason?: string | undefined;
  /** SHA-256 of the visitor's id: what they hold themselves is not in their way. */
  holderHash?: Uint8Array<ArrayBuffer> | undefined;
};

export type Cancellation = { appointmentId: string; reason: string };

/** In whose place somebody changes a visit. */
export type ChangedBy = "patient" | "staff" | "system";
