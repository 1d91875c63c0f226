import "server-only";
import { z } from "zod";
import { parseJson } from "@/lib/core/json";
import { readBounded } from "./body";
import { isOwnOrigin } from "./origin";

const MAX_BODY_BYTES = 4_096;

/** An answer that no cache keeps. */
export const privateJson = (body: unknown, status = 200): Response =>
  Response.json(body, { status, headers: { "Cache-Control": "private, no-store" } });

/** What everybody gets whose visit it is not, and whoever asks for one that does not exist. */
export const notFoundJson = (): Response => privateJson({ reason: "not_found" }, 404);

/** What whoever asks too often gets, and after how many seconds the next try counts. */
export const tooManyJson = (retryAfterSeconds: number): Response =>
  withRetryAfter(privateJson({ reason: "too_many_attempts" }, 429), retryAfterSeconds);

/** An answer that says after how many seconds the next try counts (RFC 9110 §10.2.3). */
export function withRetryAfter(answer: Response, seconds: number): Response {
  answer.headers.set("Retry-After", String(Math.ceil(seconds)));
  return answer;
}

const MAX_TOKEN_LENGTH = 100;

/** The body of the calls that a page about one visit makes: the personal link's token, where there is one. */
export const tokenSchema = z.object({ token: z.string().max(MAX_TOKEN_LENGTH).optional() });

/**
 * The same token where the body is a file: that of the `Authorization` header (RFC 6750 §2.1). A header of another kind is a token that opens
 * nothing, and nobody's account acts in its place.
 *
 * @returns `undefined` without such a header
 */
export const bearerOf = (headers: Headers): string | undefined => {
  const written = headers.get("authorization");
  if (written === null) return undefined;
  return (/^Bearer ([\w-]+)$/i.exec(written)?.[1] ?? "").slice(0, MAX_TOKEN_LENGTH);
};

/**
 * Reads a call's body after its origin: JSON of a known shape, small, from one of our own pages.
 *
 * @returns what it says, or the answer to send instead
 */
export async function readCall<S extends z.ZodType<object>>(
  request: Request,
  schema: S,
): Promise<z.output<S> | Response> {
  if (!isOwnOrigin(request.headers)) return privateJson({ reason: "forbidden" }, 403);
  const text = await readBounded(request.body, MAX_BODY_BYTES);
  if (text === undefined) return privateJson({ reason: "invalid" }, 413);
  const parsed = schema.safeParse(text === "" ? {} : parseJson(text));
  return parsed.success ? parsed.data : privateJson({ reason: "invalid" }, 400);
}
