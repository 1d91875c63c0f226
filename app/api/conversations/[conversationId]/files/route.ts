import { z } from "zod";
import { notTheirs, refuseForeign, tooMany } from "@/app/api/door";
import { systemNow } from "@/lib/core/clock";
import { FILE_MAX_BYTES } from "@/lib/messaging/constants";
import { attachFile, mayAttach } from "@/lib/messaging/mutations/attach";
import type { AttachRefusal } from "@/lib/messaging/types";
import { clientAddress } from "@/lib/security/address";
import { bearerOf, privateJson, withRetryAfter } from "@/lib/security/api-request";
import { readBoundedForm } from "@/lib/security/form-body";
import { countAttempt } from "@/lib/security/rate-limit";
import { loadActorAfterVisit } from "@/lib/visits/loaders/link";

export const runtime = "nodejs";

const DOOR = "files.upload";

/** What stands around the file in its form. */
const FORM_BYTES = 16 * 1_024;
/** Before who asks is known; people of one house share an address. */
const ADDRESS_LIMIT = { max: 300, windowSeconds: 600 };

const sideSchema = z.enum(["patient", "practitioner"]);
const uploadSchema = z.object({ file: z.instanceof(File) });

type UploadRefusal = AttachRefusal | "invalid";

/** What is not named here is a conflict with what stands. */
const STATUS: Partial<Record<UploadRefusal, number>> = {
  invalid: 400,
  not_found: 404,
  too_large: 413,
  type_not_allowed: 415,
  type_differs: 415,
  too_many: 429,
  not_stored: 507,
};

function refused(reason: UploadRefusal, retryAfterSeconds?: number): Response {
  const answer = privateJson({ reason }, STATUS[reason] ?? 409);
  return retryAfterSeconds === undefined ? answer : withRetryAfter(answer, retryAfterSeconds);
}

/**
 * Takes one file into a conversation, to be sent with a message: see `AttachRefusal`. Whose side it is for says `?as=`, and a personal
 * link's token the `Authorization` header, so that nothing is made of a stranger's file.
 */
export async function POST(request: Request, { params }: { params: Promise<{ conversationId: string }> }) {
  const foreign = await refuseForeign(DOOR, request);
  if (foreign) return foreign;
  const now = systemNow();
  const address = clientAddress(request.headers);
  const retryAfterSeconds = address && (await countAttempt(DOOR, address, ADDRESS_LIMIT, now));
  if (retryAfterSeconds) {
    await tooMany(DOOR, { kind: "anonymous", address }, retryAfterSeconds);
    return refused("too_many", retryAfterSeconds);
  }
  const side = sideSchema.safeParse(new URL(request.url).searchParams.get("as"));
  if (!side.success) return refused("invalid");
  const actor = await loadActorAfterVisit(bearerOf(request.headers));
  const { conversationId } = await params;
  if (!(await mayAttach(actor, side.data, conversationId))) return notTheirs(DOOR, actor);
  const form = await readBoundedForm(request, FILE_MAX_BYTES + FORM_BYTES);
  if (!form.ok) return refused(form.reason);
  const upload = uploadSchema.safeParse(Object.fromEntries(form.value));
  if (!upload.success) return refused("invalid");
  const { file } = upload.data;
  const bytes = new Uint8Array(await file.arrayBuffer());
  const taken = await attachFile(actor, side.data, { conversationId, name: file.name, bytes }, now);
  if (taken.ok) return privateJson(taken.value);
  if (taken.reason === "not_found") return notTheirs(DOOR, actor);
  return refused(taken.reason, "retryAfterSeconds" in taken ? taken.retryAfterSeconds : undefined);
}
