import type { Temporal } from "temporal-polyfill";

/** Why a time was not held. */
export type HoldRefusal =
  /** Somebody else has it. */
  | "slot_taken"
  /** Outside the hours, the notice or the horizon, or of a visit type or practitioner that cannot be booked. */
  | "not_offered"
  /** That day already has as many visits of this type as the practitioner takes. */
  | "day_full"
  /** As many guests as the licence allows are expected at that time. */
  | "no_guest_seat"
  /** This visitor, or this address, has held as many times within the hour as it may. Booking stays possible. */
  | "too_many_holds";

/** A time that a visitor wants for a while. */
export type NewHold = {
  practitionerId: string;
  visitTypeId: string;
  startAt: Temporal.Instant;
  /** SHA-256 of the visitor's id. */
  holderHash: Uint8Array<ArrayBuffer>;
  /** Where the visitor is, if somebody trustworthy says. */
  address: string | undefined;
};

export type Held = { startAt: Temporal.Instant; expiresAt: Temporal.Instant };

/** What the holder's page says of itself. */
export type Presence = {
  holdId: string;
  holderHash: Uint8Array<ArrayBuffer>;
  /** The page's own count: an older word that arrives late changes nothing. */
  sequence: number;
};
