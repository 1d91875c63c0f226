import "server-only";
import { cookies } from "next/headers";
import { encode } from "next-auth/jwt";
import type { Temporal } from "temporal-polyfill";
import { env } from "@/lib/core/env";
import { rememberDevice } from "@/lib/security/device";
import { toDate } from "@/lib/time/instant";
import { sessionCookieName, sessionCookieOptions } from "./constants";
import { loadSession } from "./loaders";
import { endSession, type NewSession } from "./mutations/sessions";

/**
 * Hands a session to the browser as next-auth's own encrypted token, which names the session's row and nothing else.
 * Our forms set it themselves because next-auth's form page needs a cookie before the first post, and ours work without scripts.
 */
async function setSessionCookie(
  sessionId: string,
  expiresAt: Temporal.Instant,
  now: Temporal.Instant,
): Promise<void> {
  const maxAge = Math.floor((expiresAt.epochMilliseconds - now.epochMilliseconds) / 1000);
  const token = await encode({ token: { sid: sessionId }, secret: env().AUTH_SECRET, maxAge });
  (await cookies()).set(sessionCookieName(), token, {
    ...sessionCookieOptions(),
    expires: toDate(expiresAt),
  });
}

/**
 * Lets somebody go on in this browser under a session that has just begun. Whoever was signed in here no longer is, so that no browser
 * leaves a session behind that nobody uses and nobody ends. The account knows the browser from now on.
 */
export async function enterBrowser(
  { sessionId, expiresAt, email }: NewSession,
  now: Temporal.Instant,
): Promise<void> {
  const former = await loadSession();
  if (former && former.actor.sessionId !== sessionId)
    await endSession(former.actor.sessionId, now, former.actor.address);
  await rememberDevice(email, now);
  await setSessionCookie(sessionId, expiresAt, now);
}

export async function clearSessionCookie(): Promise<void> {
  (await cookies()).set(sessionCookieName(), "", { ...sessionCookieOptions(), maxAge: 0 });
}
