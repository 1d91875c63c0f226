import "server-only";
import { cookies } from "next/headers";
import type { Temporal } from "temporal-polyfill";
import { env } from "@/lib/core/env";
import { parseJson } from "@/lib/core/json";
import { seal, unseal } from "./seal";
import { deriveKey } from "./tokens";

/*
 * What a browser carries for us from one page to the next, for minutes, and can neither read nor change: something that is not to be
 * stored before it is proven, or not at all.
 */

const portalIsHttps = () => env().PORTAL_URL.startsWith("https:");
const nameOf = (name: string) => (portalIsHttps() ? `__Host-${name}` : name);
const keys = () => [{ id: "cookie", key: deriveKey("sealed-cookie") }];

/** What the cookie holds: the text and its end, sealed for this cookie and this owner. */
export const sealCookie = (name: string, owner: string, text: string, until: Temporal.Instant): string =>
  Buffer.from(
    seal(JSON.stringify([until.epochMilliseconds, text]), `cookie.${name}:${owner}`, keys()).sealed,
  ).toString("base64url");

/** The text of a cookie that we sealed under this name for this owner, until its end; `undefined` for everything else. */
export function openCookie(
  name: string,
  owner: string,
  value: string | undefined,
  now: Temporal.Instant,
): string | undefined {
  const sealed = Buffer.from(value ?? "", "base64url");
  if (sealed.length < 40) return undefined;
  let opened: unknown;
  try {
    opened = parseJson(unseal({ keyId: "cookie", sealed }, `cookie.${name}:${owner}`, keys()));
  } catch {
    // Changed, of another owner, or from before `AUTH_SECRET` was changed.
    return undefined;
  }
  if (!Array.isArray(opened)) return undefined;
  const [until, text] = opened;
  return typeof until === "number" && typeof text === "string" && now.epochMilliseconds < until
    ? text
    : undefined;
}

export const readSealedCookie = async (
  name: string,
  owner: string,
  now: Temporal.Instant,
): Promise<string | undefined> => openCookie(name, owner, (await cookies()).get(nameOf(name))?.value, now);

/** For actions only: a page cannot set a cookie. */
export async function setSealedCookie(
  name: string,
  owner: string,
  text: string,
  { minutes, now }: { minutes: number; now: Temporal.Instant },
): Promise<void> {
  (await cookies()).set(nameOf(name), sealCookie(name, owner, text, now.add({ minutes })), {
    ...options(),
    maxAge: minutes * 60,
  });
}

export async function clearSealedCookie(name: string): Promise<void> {
  (await cookies()).set(nameOf(name), "", { ...options(), maxAge: 0 });
}

const options = () => ({ path: "/", httpOnly: true, sameSite: "lax" as const, secure: portalIsHttps() });
