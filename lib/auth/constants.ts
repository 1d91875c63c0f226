import { env } from "@/lib/core/env";
import type { Limit } from "@/lib/security/rate-limit";

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

export const SIGN_IN_LIMITS: { account: Limit; address: Limit } = {
  account: { max: 10, windowSeconds: 15 * 60 },
  address: { max: 50, windowSeconds: 15 * 60 },
};
