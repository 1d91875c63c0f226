import { env } from "@/lib/core/env";
import type { Backoff, Limit } from "@/lib/security/rate-limit";

const portalIsHttps = () => env().PORTAL_URL.startsWith("https:");

/** The session cookie's name: `__Host-` where the portal is https, plain on http loopback, where browsers refuse that prefix. */
export const sessionCookieName = (): string => (portalIsHttps() ? "__Host-session" : "session");

/** How long a session lasts at most: staff sign in once a working day, patients once in a while. */
export const STAFF_SESSION_HOURS = 12;
export const PATIENT_SESSION_HOURS = 14 * 24;

/** Not readable by scripts; `lax`, so that a link in a mail opens signed in. Who sets the cookie adds when it goes. */
export const sessionCookieOptions = () => ({
  path: "/",
  httpOnly: true,
  sameSite: "lax" as const,
  secure: portalIsHttps(),
});

/** `lastSeenAt` is written at most this often. */
export const LAST_SEEN_MINUTES = 5;

/**
 * How sign-ins are slowed down. Waits grow for each browser that an account knows, and for each address from which an account is
 * tried: whoever tries passwords elsewhere slows nobody else down. What all unknown browsers together may try is bounded too.
 */
export const SIGN_IN_BACKOFF: Backoff = { free: 5, longestSeconds: 15 * 60, forgetAfterSeconds: 24 * 3600 };
export const SIGN_IN_LIMITS: { strangers: Limit; address: Limit } = {
  strangers: { max: 100, windowSeconds: 15 * 60 },
  address: { max: 50, windowSeconds: 15 * 60 },
};
