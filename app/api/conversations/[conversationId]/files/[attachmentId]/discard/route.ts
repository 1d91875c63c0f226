import { systemNow } from "@/lib/core/clock";
import { discardFile } from "@/lib/messaging/mutations/attach";
import { notFoundJson, privateJson, readCall, tokenSchema } from "@/lib/security/api-request";
import { loadVisitActor } from "@/lib/visits/loaders/link";

export const runtime = "nodejs";

/** Takes back a file that was not sent. */
export async function POST(request: Request, { params }: { params: Promise<{ attachmentId: string }> }) {
  const body = await readCall(request, tokenSchema);
  if (body instanceof Response) return body;
  const { actor } = await loadVisitActor(body.token);
  const discarded = await discardFile(actor, (await params).attachmentId, systemNow());
  return discarded.ok ? privateJson({}) : notFoundJson();
}
