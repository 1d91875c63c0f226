import "server-only";
import { createHmac, timingSafeEqual } from "node:crypto";
import { cookies } from "next/headers";
import type { Temporal } from "temporal-polyfill";
import { env } from "@/lib/core/env";
import { newToken } from "@/lib/core/ids";
import { toDate } from "@/lib/time/instant";
import { deriveKey, isToken } from "./tokens";

/*
 * A browser from which somebody has signed in before (OWASP: device cookies). Its attempts are counted apart, so that a stranger who
 * tries passwords elsewhere keeps nobody out of their own account. It proves nothing else, and opens nothing.
 */

const portalIsHttps = () => env().PORTAL_URL.startsWith("https:");
const cookieName = () => (portalIsHttps() ? "__Host-device" : "device");
const KEPT_DAYS = 180;

const signatureOf = (id: string, email: string): string =>
  createHmac("sha256", deriveKey("device")).update(`${id}:${email}`).digest("base64url");

/** What the cookie holds: `id.signature`; of one account alone, which it does not name. */
export const signDevice = (id: string, email: string): string => `${id}.${signatureOf(id, email)}`;

/** The id of a cookie that was signed for this account; `undefined` for every other. */
export function openDevice(value: string | undefined, email: string): string | undefined {
  const [id, signature, ...rest] = (value ?? "").split(".");
  if (!isToken(id) || !isToken(signature) || rest.length > 0) return undefined;
  return timingSafeEqual(Buffer.from(signature), Buffer.from(signatureOf(id, email))) ? id : undefined;
}

/** The browser's own id for this account, if it has signed in to it before. */
export const readDevice = async (email: string): Promise<string | undefined> =>
  openDevice((await cookies()).get(cookieName())?.value, email);

/** Remembers the browser, after a sign-in. For actions only. */
export async function rememberDevice(email: string, now: Temporal.Instant): Promise<void> {
  (await cookies()).set(cookieName(), signDevice(newToken(), email), {
    path: "/",
    httpOnly: true,
    sameSite: "lax",
    secure: portalIsHttps(),
    expires: toDate(now.add({ hours: KEPT_DAYS * 24 })),
  });
}
