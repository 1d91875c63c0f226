import "server-only";
import type { Temporal } from "temporal-polyfill";
import { z } from "zod";
import { notTheirs, readDoor, tooMany } from "@/app/api/door";
import { loadAddress } from "@/lib/auth/loaders";
import { systemNow } from "@/lib/core/clock";
import type { Result } from "@/lib/core/result";
import { privateJson, tokenSchema } from "@/lib/security/api-request";
import { countAttempt } from "@/lib/security/rate-limit";

/** Far above what a page does by itself. */
const LIMIT = { max: 60, windowSeconds: 60 };

type From = { address: string | undefined };
type Call<B> = (
  token: string,
  now: Temporal.Instant,
  from: From,
  body: B,
) => Promise<Result<unknown, string>>;

/**
 * Builds the handler of one call that a third person's page makes: the link's token in the body says who asks.
 *
 * @param more what its body says beside the token
 */
export const thirdCall =
  <B extends object = object>(name: string, call: Call<B>, more: z.ZodType<B> = z.object() as z.ZodType<B>) =>
  async (request: Request): Promise<Response> => {
    const body = await readDoor(name, request, z.intersection(tokenSchema, more));
    if (body instanceof Response) return body;
    const { token } = body;
    // Whoever comes with a third person's link is nobody else here, signed in or not.
    const from = { address: await loadAddress() };
    const stranger = { kind: "anonymous", ...from } as const;
    if (token === undefined) return notTheirs(name, stranger);
    const now = systemNow();
    const retryAfterSeconds = await countAttempt(name, token, LIMIT, now);
    if (retryAfterSeconds !== undefined) return tooMany(name, stranger, retryAfterSeconds);
    const result = await call(token, now, from, body);
    if (result.ok) return privateJson(result.value ?? {});
    return result.reason === "not_found"
      ? notTheirs(name, stranger)
      : privateJson({ reason: result.reason }, 409);
  };
