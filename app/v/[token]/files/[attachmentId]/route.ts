import { storedFile } from "@/app/api/files/stored-file";
import { loadActorAfterVisit } from "@/lib/visits/loaders/link";

export const runtime = "nodejs";

type Params = { params: Promise<{ token: string; attachmentId: string }> };

/** A file of the conversation that a personal link opens. */
export async function GET(_request: Request, { params }: Params) {
  const { token, attachmentId } = await params;
  const actor = await loadActorAfterVisit(token);
  return storedFile(actor, attachmentId);
}
