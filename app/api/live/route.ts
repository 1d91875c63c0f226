import { notTheirs, refuseForeign, tooMany } from "@/app/api/door";
import { systemNow } from "@/lib/core/clock";
import { type LiveRequestRefusal, readLiveRequest } from "@/lib/events/request";
import { sseResponse } from "@/lib/events/stream";
import { clientAddress } from "@/lib/security/address";
import { countAttempt } from "@/lib/security/rate-limit";
import { resolveKey } from "./kinds";

export const dynamic = "force-dynamic";
export const runtime = "nodejs";

/** All browsers of a clinic behind one address come back at once when the portal starts anew, and some try twice. */
const LIMIT = { max: 1_200, windowSeconds: 60 };

const STATUS = {
  unsupported_type: 415,
  too_large: 413,
  invalid: 400,
} as const satisfies Record<LiveRequestRefusal, number>;

const refused = (reason: keyof typeof STATUS) =>
  Response.json({ reason }, { status: STATUS[reason], headers: { "cache-control": "private, no-store" } });

/**
 * The browser's one stream of live state. A POST, although nothing changes: a personal link's token travels in the body. What is
 * not there and what is not the asker's are answered alike, with `gone` for that key; the others go on.
 */
export async function POST(request: Request): Promise<Response> {
  const foreign = await refuseForeign("live", request);
  if (foreign) return foreign;
  const address = clientAddress(request.headers);
  const retryAfterSeconds =
    address === undefined ? undefined : await countAttempt("live", address, LIMIT, systemNow());
  if (retryAfterSeconds !== undefined)
    return tooMany("live", { kind: "anonymous", address }, retryAfterSeconds);
  const wanted = await readLiveRequest(request);
  if (!wanted.ok) return refused(wanted.reason);
  const sources = await Promise.all(wanted.value.map(({ key, token }) => resolveKey(key, token)));
  if (sources.includes(undefined)) await notTheirs("live");
  return sseResponse({ sources, signal: request.signal });
}
