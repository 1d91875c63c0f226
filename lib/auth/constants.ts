import type { Role } from "@/lib/access/types";
import { env } from "@/lib/core/env";
import type { Backoff, Limit } from "@/lib/security/rate-limit";

const portalIsHttps = () => env().PORTAL_URL.startsWith("https:");

/** The session cookie's name: `__Host-` where the portal is https, plain on http loopback, where browsers refuse that prefix. */
export const sessionCookieName = (): string => (portalIsHttps() ? "__Host-session" : "session");

/** Where next-auth leads back to. It takes every cookie whose name begins like the session's for a part of that: this one may not. */
export const returnCookieName = (): string => (portalIsHttps() ? "__Host-return" : "return");

/** How long a session lasts: at most, and without a request. A practitioner asks for nothing during a long visit. */
export type SessionLimits = { hours: number; idleMinutes: number };
export const SESSION_LIMITS: Readonly<Record<Role, SessionLimits>> = {
  administrator: { hours: 12, idleMinutes: 2 * 60 },
  scheduler: { hours: 12, idleMinutes: 4 * 60 },
  practitioner: { hours: 12, idleMinutes: 4 * 60 },
  patient: { hours: 14 * 24, idleMinutes: 3 * 24 * 60 },
};

/** Not readable by scripts; `lax`, so that a link in a mail opens signed in. Who sets the cookie adds when it goes. */
export const sessionCookieOptions = () => ({
  path: "/",
  httpOnly: true,
  sameSite: "lax" as const,
  secure: portalIsHttps(),
});

/** So far apart the clocks of a clinic's machines may be. */
export const CLOCKS_DIFFER_MINUTES = 5;

/** `lastSeenAt` is written at most this often. */
export const LAST_SEEN_MINUTES = 5;

/**
 * How sign-ins are slowed down. Waits grow for each browser that an account knows, and for each address from which an account is
 * tried: whoever tries passwords elsewhere slows nobody else down. What all unknown browsers together may try is bounded too, and what
 * one address may; neither is asked of a browser that the account knows.
 */
export const SIGN_IN_BACKOFF: Backoff = { free: 5, longestSeconds: 15 * 60, forgetAfterSeconds: 24 * 3600 };
export const SIGN_IN_LIMITS: { strangers: Limit; address: Limit } = {
  strangers: { max: 100, windowSeconds: 15 * 60 },
  address: { max: 50, windowSeconds: 15 * 60 },
};

/**
 * The same for the second step, which only somebody with the password gets to: a million codes, of which three are good at a time,
 * are not to be guessed in a lifetime.
 */
export const SECOND_STEP_LIMITS: { strangers: Limit; address: Limit } = {
  strangers: { max: 50, windowSeconds: 24 * 3600 },
  address: { max: 50, windowSeconds: 15 * 60 },
};

/** Whether staff need a second step: they read or keep what is others'. In the demonstration they do not, so that its accounts stay a press away. */
export const secondStepRequired = (): boolean => env().PORTAL_MODE !== "demonstration";

/** To what the secret of an account's authenticator app is sealed. */
export const totpPlace = (userId: string): string => `totp.secret:${userId}`;

/** How many recovery codes an account has at most. */
export const RECOVERY_CODES = 10;

/** How long a browser keeps what belongs between two pages: a sign-in that is half done, a secret not proved yet, codes to be copied. */
export const SIGN_IN_MINUTES = 10;
export const ENROLMENT_MINUTES = 15;
export const SHOWN_CODES_MINUTES = 10;

/** How long a link that proves another address works: it lets nobody in, so it may wait for a mail that is late. */
export const EMAIL_CHANGE_MINUTES = 30;

/**
 * How many mails somebody may have sent to one mailbox, and how many all strangers together, so that nobody's is filled by them. Whoever
 * asks for a link to sign in beyond that shares a mail with all who have asked meanwhile, of which there is one in so many minutes:
 * strangers cannot use up what its owner needs.
 */
export const MAIL_LIMITS: { asker: Limit; strangers: Limit; shared: Limit } = {
  asker: { max: 3, windowSeconds: 3600 },
  strangers: { max: 10, windowSeconds: 3600 },
  shared: { max: 1, windowSeconds: 600 },
};

/** How many times what one address may do all of them together may, where the addresses that ask are not known. */
export const UNKNOWN_ADDRESSES = 50;

/**
 * How old a booking may be that somebody claims by proving its address: as long as a personal link goes on showing a visit, so that
 * nobody who has taken over a mailbox gets more than the mails in it open.
 */
export const CLAIM_REACH_DAYS = 30;

/**
 * How long a link from a mail counts as a password that was just given, for whoever has none; and a sign-in at the clinic's own provider
 * that was asked for anew.
 */
export const PROOF_MINUTES = 15;

/** How long after its end a change of address is kept: longer than its notice to the former address is tried. */
export const EMAIL_CHANGE_KEPT_HOURS = 96;

/** The sealed cookies for it. */
export const PENDING_COOKIE = "second-step";
export const ENROLMENT_COOKIE = "enrolment";
export const LINK_COOKIE = "sign-in-link";
export const CODES_COOKIE = "recovery-codes";
export const PROVIDER_COOKIE = "provider";
export const PROVIDER_PROOF_COOKIE = "provider-proof";
