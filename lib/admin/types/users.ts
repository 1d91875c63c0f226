import type { Role } from "@/lib/access/types";
import type { Confirmation, ProofRefusal } from "@/lib/auth/types";
import type { MomentDto } from "@/lib/time/format";
import type { GIVEN_ROLES } from "../constants";

export type GivenRole = (typeof GIVEN_ROLES)[number];

/** `invited`: nobody has ever signed in to it. */
export type Standing = "active" | "invited" | "disabled";

/** An account as administrators see one. */
export type AccountLine = {
  userId: string;
  name: string;
  email: string;
  /** In the order in which they are named: patient, practitioner, scheduler, administrator. */
  roles: readonly Role[];
  standing: Standing;
  hasSecondStep: boolean;
  /** When one of its browsers was last seen, on the clinic's clock; nothing for one that was never signed in. */
  lastSeenAt: MomentDto | null;
};

/** One account with what can be done about it. */
export type AccountPage = {
  account: AccountLine;
  /** How many browsers are signed in. */
  sessions: number;
  /** The practitioner whose account it is: whether they can be booked is kept there. */
  practitionerId: string | null;
  /** The reader's own: nobody changes what they may do themselves. */
  isOwn: boolean;
  /** Whether a person at the clinic's own provider signs in to it. */
  isLinked: boolean;
  /** How the reader confirms a change. */
  confirmation: Confirmation;
};

/**
 * Why an account was not changed.
 *
 * - `not_found`: there is none, or whoever asks is no administrator any more
 * - `own_account`: an administrator's own roles and standing are other administrators' to change
 * - `no_role`: nobody is staff without a role; an account that is not to be used is disabled
 * - `not_set`: there is no second step to take away
 * - `not_staff`: patients sign in by a link that they ask for themselves
 * - `not_entered`: nobody has signed in to it yet, or it is closed: it is invited, or opened, first
 * - `not_linked`: nobody at the clinic's own provider signs in to it
 * - the reasons of `ProofRefusal`: what the administrator gave to confirm it, or has not given yet
 */
export type AccountRefusal =
  | "not_found"
  | "own_account"
  | "no_role"
  | "not_set"
  | "already_accepted"
  | "not_staff"
  | "not_entered"
  | "not_linked"
  | "email_in_use"
  | ProofRefusal;
