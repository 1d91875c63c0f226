import "server-only";
import { cookies } from "next/headers";
import { encode } from "next-auth/jwt";
import type { Temporal } from "temporal-polyfill";
import { env } from "@/lib/core/env";
import { toDate } from "@/lib/time/instant";
import { sessionCookieName, sessionCookieOptions } from "./constants";

/**
 * Hands a session to the browser as next-auth's own encrypted token, which names the session's row and nothing else.
 * Our forms set it themselves because next-auth's form page needs a cookie before the first post, and ours work without scripts.
 */
export async function setSessionCookie(
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

export async function clearSessionCookie(): Promise<void> {
  (await cookies()).set(sessionCookieName(), "", { ...sessionCookieOptions(), maxAge: 0 });
}
