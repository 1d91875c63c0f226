import { loadActor } from "@/lib/auth/loaders";
import { systemNow } from "@/lib/core/clock";
import { env } from "@/lib/core/env";
import { fetchExport } from "@/lib/privacy/mutations/export";
import { privateJson, tooManyJson } from "@/lib/security/api-request";
import { readBounded } from "@/lib/security/body";
import { isOwnOrigin } from "@/lib/security/origin";
import { countAttempt } from "@/lib/security/rate-limit";

export const runtime = "nodejs";

const MAX_BODY_BYTES = 1_024;
const LIMIT = { max: 30, windowSeconds: 900 };

/** A copy of somebody's data, once, to whoever is signed in as they and has the link. A plain form asks for it, field `token`. */
export async function POST(request: Request) {
  if (!isOwnOrigin(request.headers)) return privateJson({ reason: "forbidden" }, 403);
  const text = await readBounded(request.body, MAX_BODY_BYTES);
  if (text === undefined) return privateJson({ reason: "invalid" }, 413);
  const token = new URLSearchParams(text).get("token") ?? "";
  const [actor, now] = [await loadActor(), systemNow()];
  const retryAfterSeconds =
    actor.kind === "user" ? await countAttempt("privacy.fetch-export", actor.userId, LIMIT, now) : undefined;
  if (retryAfterSeconds !== undefined) return tooManyJson(retryAfterSeconds);
  const fetched = await fetchExport(actor, token, now);
  if (!fetched.ok)
    return new Response(null, {
      status: 303,
      headers: { Location: `${env().PORTAL_URL}/account/data`, "Cache-Control": "private, no-store" },
    });
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
