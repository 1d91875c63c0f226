import { notTheirs, readDoor, tooMany } from "@/app/api/door";
import { systemNow } from "@/lib/core/clock";
import { discardFile } from "@/lib/messaging/mutations/attach";
import { privateJson, tokenSchema } from "@/lib/security/api-request";
import { countAttempt } from "@/lib/security/rate-limit";
import { loadActorAfterVisit } from "@/lib/visits/loaders/link";

export const runtime = "nodejs";

const DOOR = "files.discard";
const LIMIT = { max: 240, windowSeconds: 600 };

/** Takes back a file that was not sent. */
export async function POST(request: Request, { params }: { params: Promise<{ attachmentId: string }> }) {
  const body = await readDoor(DOOR, request, tokenSchema);
  if (body instanceof Response) return body;
  const actor = await loadActorAfterVisit(body.token);
  const now = systemNow();
  const retryAfterSeconds =
    "pseudonym" in actor ? await countAttempt(DOOR, actor.pseudonym, LIMIT, now) : undefined;
  if (retryAfterSeconds !== undefined) return tooMany(DOOR, actor, retryAfterSeconds);
  const discarded = await discardFile(actor, (await params).attachmentId, now);
  return discarded.ok ? privateJson({}) : notTheirs(DOOR, actor);
}
