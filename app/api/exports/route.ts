import { notTheirs, refuseForeign, tooMany } from "@/app/api/door";
import { loadActor } from "@/lib/auth/loaders";
import { systemNow } from "@/lib/core/clock";
import { env } from "@/lib/core/env";
import { fetchExport } from "@/lib/privacy/mutations/export";
import { privateJson } from "@/lib/security/api-request";
import { readBounded } from "@/lib/security/body";
import { countAttempt } from "@/lib/security/rate-limit";

export const runtime = "nodejs";

const DOOR = "privacy.fetch-export";
const MAX_BODY_BYTES = 1_024;
const LIMIT = { max: 30, windowSeconds: 900 };

/** A copy of somebody's data, once, to whoever is signed in as they and has the link. A plain form asks for it, field `token`. */
export async function POST(request: Request) {
  const foreign = await refuseForeign(DOOR, request);
  if (foreign) return foreign;
  const text = await readBounded(request.body, MAX_BODY_BYTES);
  if (text === undefined) return privateJson({ reason: "invalid" }, 413);
  const token = new URLSearchParams(text).get("token") ?? "";
  const [actor, now] = [await loadActor(), systemNow()];
  const retryAfterSeconds =
    actor.kind === "user" ? await countAttempt(DOOR, actor.userId, LIMIT, now) : undefined;
  if (retryAfterSeconds !== undefined) return tooMany(DOOR, actor, retryAfterSeconds);
  const fetched = await fetchExport(actor, token, now);
  if (!fetched.ok) {
    await notTheirs(DOOR, actor);
    return new Response(null, {
      status: 303,
      headers: { Location: `${env().PORTAL_URL}/account/data`, "Cache-Control": "private, no-store" },
    });
  }
  return new Response(fetched.value, {
    headers: {
      "Content-Type": "application/zip",
      "Content-Length": String(fetched.value.byteLength),
      "Content-Disposition": 'attachment; filename="my-data.zip"',
      "X-Content-Type-Options": "nosniff",
      "Cache-Control": "private, no-store",
    },
  });
}
