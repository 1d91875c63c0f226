import { z } from "zod";
import { parseJson } from "@/lib/core/json";
import { type Result, refuse } from "@/lib/core/result";
import { readBounded } from "@/lib/security/body";

const MAX_BYTES = 16 * 1_024;
/** The browser side follows as many at once (`components/ui/live`). */
export const MAX_KEYS = 20;

const schema = z.object({
  keys: z
    .array(z.object({ key: z.string().min(1).max(100), token: z.string().min(1).max(100).optional() }))
    .min(1)
    .max(MAX_KEYS),
});

/** One thing to follow, and the personal link's token where that is what gives the right. */
export type LiveKey = z.output<typeof schema>["keys"][number];

export type LiveRequestRefusal = "unsupported_type" | "too_large" | "invalid";

/**
 * Reads what a browser wants to follow: `{ keys: [{ key, token? }] }`, up to 20, in the body because a token must not stand in an
 * address. Never reads more than 16 kB.
 *
 * @returns the keys in the order asked; or `unsupported_type`, `too_large`, `invalid`
 */
export async function readLiveRequest(request: Request): Promise<Result<LiveKey[], LiveRequestRefusal>> {
  const mediaType = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (mediaType !== "application/json") return refuse("unsupported_type");
  const text = await readBounded(request.body, MAX_BYTES);
  if (text === undefined) return refuse("too_large");
  const parsed = schema.safeParse(parseJson(text));
  return parsed.success ? { ok: true, value: parsed.data.keys } : refuse("invalid");
}
