import { storedFile } from "@/app/api/files/stored-file";
import { loadActor } from "@/lib/auth/loaders";

export const runtime = "nodejs";

/** A file of a conversation of whoever is signed in. */
export async function GET(_request: Request, { params }: { params: Promise<{ attachmentId: string }> }) {
  return storedFile(await loadActor(), (await params).attachmentId);
}
