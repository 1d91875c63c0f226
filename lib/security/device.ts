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
 * tries passwords elsewhere keeps nobody out of their own account. It proves nothing else, and opens nothing. A computer of the ward knows all
 * who work at it.
 */

const portalIsHttps = () => env().PORTAL_URL.startsWith("https:");
const cookieName = () => (portalIsHttps() ? "__Host-device" : "device");
const KEPT_DAYS = 180;

/** So many accounts know one browser, those that were entered last. */
const MOST_ACCOUNTS = 12;
/** Neither base64url nor what has to be encoded in a cookie. */
const BETWEEN = "~";

const signatureOf = (id: string, email: string): string =>
  createHmac("sha256", deriveKey("device")).update(`${id}:${email}`).digest("base64url");

/** What the cookie holds of one account, which it does not name: `id.signature`. */
export const signDevice = (id: string, email: string): string => `${id}.${signatureOf(id, email)}`;

/** What a cookie holds of each account; whatever else stands in it is left out. */
const partsOf = (value: string | undefined) =>
  (value ?? "").split(BETWEEN, MOST_ACCOUNTS).flatMap((part) => {
    const [id, signature, ...rest] = part.split(".");
    return isToken(id) && isToken(signature) && rest.length === 0 ? [{ part, id, signature }] : [];
  });

const isOf = (email: string, { id, signature }: { id: string; signature: string }) =>
  timingSafeEqual(Buffer.from(signature), Buffer.from(signatureOf(id, email)));

/** The id in a cookie that was signed for this account; `undefined` for every other. */
export const openDevice = (value: string | undefined, email: string): string | undefined =>
  partsOf(value).find((one) => isOf(email, one))?.id;

/** The cookie of a browser that one more account knows, or the same under a new id. */
export function addDevice(value: string | undefined, email: string): string {
  const others = partsOf(value).flatMap((one) => (isOf(email, one) ? [] : [one.part]));
  return [signDevice(newToken(), email), ...others].slice(0, MOST_ACCOUNTS).join(BETWEEN);
}

/** The browser's own id for this account, if it has signed in to it before. */
export const readDevice = async (email: string): Promise<string | undefined> =>
  openDevice((await cookies()).get(cookieName())?.value, email);

/** Remembers the browser, after a sign-in. For actions only. */
export async function rememberDevice(email: string, now: Temporal.Instant): Promise<void> {
  const jar = await cookies();
  jar.set(cookieName(), addDevice(jar.get(cookieName())?.value, email), {
    path: "/",
    httpOnly: true,
    sameSite: "lax",
    secure: portalIsHttps(),
    expires: toDate(now.add({ hours: KEPT_DAYS * 24 })),
  });
}
