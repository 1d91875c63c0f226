import type { Role } from "@/lib/access/types";
import type { MomentDto } from "@/lib/time/format";

/** A user as the screens see one: never the hash, never the session's version. */
export type SignedInUser = { userId: string; name: string; email: string; roles: readonly Role[] };

/** Why a password is not taken: by what everybody knows it is soon guessed, or by what is known of its owner or the clinic. */
export type PasswordRefusal = "password_common" | "password_guessable";

export type InvitationRefusal = "link_invalid" | PasswordRefusal;

/** A sign-in whose password was right and whose second step is still to come. It opens nothing. */
export type PendingSignIn = {
  userId: string;
  email: string;
  sessionVersion: number;
  /** The first step was no password but a link from a mail to the account's address. */
  byMail?: boolean | undefined;
  /** A page of ours to go on to. */
  next?: string | undefined;
};

/** What somebody who wants an account says of themselves, and what their browser says. */
export type Registration = { name: string; locale: string; timeZone: string };

/**
 * What somebody who is signed in can give as a proof of themselves: the password; a link by mail, or a new sign-in with the clinic's own
 * account, still to be asked for or just done; or nothing.
 */
export type OwnProof = "password" | "mail" | "mail_proved" | "provider" | "provider_proved" | "none";

/** What comes of an errand to the clinic's own provider that showed nothing: there is no sign-in, or no proof. */
export type ErrandRefusal = "provider_refused" | "proof_refused";

/** How a change is confirmed by whoever wants it. */
export type Confirmation = {
  proof: OwnProof;
  /** Whether a code is asked for too. */
  withCode: boolean;
  /** Whether a link by mail does instead of the password, should it be forgotten. */
  mailInstead: boolean;
  /** By what name they know the clinic's own accounts, if there are such. */
  provider: string | undefined;
};

/** Why a proof was none. The last two have not been given at all yet, or too long ago. */
export type ProofRefusal = "wrong_password" | "wrong_code" | "prove_by_mail" | "prove_by_provider";

/** What the pages show on which a password or an address is changed. */
export type ChangePage = {
  user: SignedInUser;
  confirmation: Confirmation;
  /** Whether mail is late at present. */
  delayed: boolean;
};

/** How an account's second step stands; `undefined` where there is none. */
export type SecondStep = { setAt: MomentDto; codesLeft: number } | undefined;

/** A browser that is signed in, as its owner sees it in the list. */
export type SessionDto = {
  sessionId: string;
  /** The one that asks. */
  current: boolean;
  /** Names that need no translation; `undefined` for what we do not know. */
  browser: string | undefined;
  system: string | undefined;
  startedAt: MomentDto;
  lastSeenAt: MomentDto;
};

/** What the page of the second step shows. */
export type SecondStepPage = {
  user: SignedInUser;
  confirmation: Confirmation;
  secondStep: SecondStep;
  awaitsSecondStep: boolean;
  /** Whether it may not be turned off. */
  required: boolean;
  /** Whether it would be required, were this not the demonstration. */
  demonstration: boolean;
  /** A secret that this browser has asked for and not proved yet; `dots` are its QR code's. */
  enrolment: { secret: string; uri: string; dots: readonly (readonly boolean[])[] } | undefined;
  /** Recovery codes that were just made. */
  codes: readonly string[] | undefined;
};
