import { createHash, createHmac } from "node:crypto";
import { env } from "@/lib/core/env";

/** SHA-256 of a personal link's token: what is stored. Tokens carry 256 random bits, so no salt is needed. */
export const hashToken = (token: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(createHash("sha256").update(token).digest());

/** True for something that looks like a token of ours; anything else need not reach the database. */
export const isToken = (value: unknown): value is string =>
  typeof value === "string" && /^[A-Za-z0-9_-]{43}$/.test(value);

/** A key for one purpose, derived from `AUTH_SECRET`, so that no two uses share one. */
export const deriveKey = (purpose: string, secret: string = env().AUTH_SECRET): Uint8Array<ArrayBuffer> =>
  new Uint8Array(createHmac("sha256", secret).update(`portal:${purpose}`).digest());
