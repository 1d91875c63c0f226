import "server-only";
import { createHmac, timingSafeEqual } from "node:crypto";
import { cookies } from "next/headers";
import { env } from "@/lib/core/env";
import { newToken } from "@/lib/core/ids";
import { deriveKey, hashToken, isToken } from "./tokens";

/*
 * A visitor is a browser that has chosen a time, with or without an account. Its cookie holds a random id with our signature and says
 * nothing else; it goes when the browser is closed. Only an action sets it: no page and no personal link does.
 */

const portalIsHttps = () => env().PORTAL_URL.startsWith("https:");

/** The cookie's name: `__Host-` where the portal is https, plain on http loopback, where browsers refuse that prefix. */
export const visitorCookieName = (): string => (portalIsHttps() ? "__Host-visitor" : "visitor");

const signatureOf = (id: string): string =>
  createHmac("sha256", deriveKey("visitor")).update(id).digest("base64url");

/** What the cookie of a visitor holds: `id.signature`. */
export const signVisitor = (id: string): string => `${id}.${signatureOf(id)}`;

/** The id of a signed cookie; `undefined` for everything that we have not signed. */
export function openVisitor(value: string | undefined): string | undefined {
  const [id, signature, ...rest] = (value ?? "").split(".");
  if (!isToken(id) || !isToken(signature) || rest.length > 0) return undefined;
  return timingSafeEqual(Buffer.from(signature), Buffer.from(signatureOf(id))) ? id : undefined;
}

const readVisitor = async () => openVisitor((await cookies()).get(visitorCookieName())?.value);

/** SHA-256 of this visitor's id, by which holds know their holder; `undefined` for whoever has never chosen a time. */
export async function readVisitorHash(): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const id = await readVisitor();
  return id === undefined ? undefined : hashToken(id);
}

/** This visitor's hash, with a new cookie for whoever has none. For actions only: a page cannot set one. */
export async function ensureVisitor(): Promise<Uint8Array<ArrayBuffer>> {
  const known = await readVisitor();
  if (known !== undefined) return hashToken(known);
  const id = newToken();
  (await cookies()).set(visitorCookieName(), signVisitor(id), {
    path: "/",
    httpOnly: true,
    sameSite: "lax",
    secure: portalIsHttps(),
  });
  return hashToken(id);
}
