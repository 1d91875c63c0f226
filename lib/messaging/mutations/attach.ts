import type { Temporal } from "temporal-polyfill";
import { auditActor, conversationScope } from "@/lib/access/rules";
import type { Actor } from "@/lib/access/types";
import { recordAudit } from "@/lib/audit/mutations";
import type { WaitingRefusal } from "@/lib/auth/pipeline";
import { env } from "@/lib/core/env";
import { newId } from "@/lib/core/ids";
import { logger } from "@/lib/core/logger";
import { ok, type Result, refuse } from "@/lib/core/result";
import { db, type Tx } from "@/lib/db/client";
import { lockConversation } from "@/lib/db/locks";
import { transaction } from "@/lib/db/transaction";
import { mediaTypeOf } from "@/lib/files/media-type";
import { scanningOf } from "@/lib/files/scan";
import { storeFile } from "@/lib/files/store";
import { enqueue } from "@/lib/jobs/send";
import { countAttempt } from "@/lib/security/rate-limit";
import { seal, sealBytes } from "@/lib/security/seal";
import { toDate } from "@/lib/time/instant";
import { ATTACH_LIMIT, FILES_PER_MESSAGE, fileContentPlace, fileNamePlace } from "../constants";
import { findAttachment } from "../data/attachments";
import { findConversation } from "../data/conversations";
import { fileRefusal, keptFileName } from "../rules";
import type { AttachRefusal, Side } from "../types";

/** When a file is looked at whose own order to look at it was never given. */
const LATE_SECONDS = 60;

/** Whether a file of theirs has a place to go to at all: what is to be known before anything is made of it. */
export const mayAttach = async (actor: Actor, side: Side, conversationId: string): Promise<boolean> =>
  (await findConversation(db(), conversationScope(actor, side), conversationId)) !== undefined;

type NewFile = { conversationId: string; name: string; bytes: Uint8Array };

/**
 * Takes a file into a conversation, to be sent with one of this side's next messages. Sealed before it is written; what it is, its
 * content decides. Its row is written before its bytes, so that a process killed in between leaves nothing that nobody knows of.
 *
 * @returns the file's id; or a refusal, `too_many` with the seconds to wait
 */
export async function attachFile(
  actor: Actor,
  side: Side,
  { conversationId, name, bytes }: NewFile,
  now: Temporal.Instant,
): Promise<Result<{ attachmentId: string }, AttachRefusal> | WaitingRefusal<"too_many">> {
  const sender = auditActor(actor);
  if (!("pseudonym" in sender)) return refuse("not_found");
  if (scanningOf(env()) === "off") return refuse("not_offered");
  const retryAfterSeconds = await countAttempt("file.attach", sender.pseudonym, ATTACH_LIMIT, now);
  if (retryAfterSeconds !== undefined) return { ...refuse("too_many"), retryAfterSeconds };
  const mediaType = await mediaTypeOf(bytes);
  const refusal = fileRefusal({ name, sizeBytes: bytes.byteLength, mediaType });
  if (refusal || !mediaType) return refuse(refusal ?? "type_not_allowed");

  const [id, storageKey] = [newId(), newId()];
  const content = sealBytes(bytes, fileContentPlace(id));
  const kept = seal(keptFileName(name), fileNamePlace(id));
  const noted = await transaction(async (tx) => {
    await lockConversation(tx, conversationId);
    const conversation = await findConversation(tx, conversationScope(actor, side), conversationId);
    if (!conversation) return refuse("not_found");
    const unsent = await tx.attachment.count({
      where: { conversationId: conversation.id, side, messageId: null },
    });
    if (unsent >= FILES_PER_MESSAGE) return refuse("too_many_files");
    // Should this process die before it can give the order below.
    await enqueue(tx, "attachment.scan", { attachmentId: id }, { startAfterSeconds: LATE_SECONDS });
    await tx.attachment.create({
      data: {
        id,
        conversationId: conversation.id,
        side,
        nameSealed: kept.sealed,
        nameKeyId: kept.keyId,
        mediaType,
        sizeBytes: bytes.byteLength,
        storageKey,
        contentKeyId: content.keyId,
        createdAt: toDate(now),
      },
    });
    await recordFile(
      tx,
      "file.attached",
      { actor, as: side, id, subject: conversation.patient.pseudonym },
      now,
    );
    return ok();
  });
  if (!noted.ok) return noted;
  try {
    await storeFile(storageKey, content.sealed);
  } catch (error) {
    logger().error({ err: error, attachmentId: id }, "messaging: a file could not be stored");
    await discardFile(actor, id, now);
    return refuse("not_stored");
  }
  return transaction(async (tx) => {
    await enqueue(tx, "attachment.scan", { attachmentId: id });
    return ok({ attachmentId: id });
  });
}

/** Takes back a file that was not sent. */
export const discardFile = (
  actor: Actor,
  attachmentId: string,
  now: Temporal.Instant,
): Promise<Result<undefined, "not_found">> =>
  transaction(async (tx) => {
    const found = await findAttachment(tx, actor, attachmentId);
    if (!found) return refuse("not_found");
    const { file, as } = found;
    // Sent meanwhile, it is the message's.
    const { count } = await tx.attachment.deleteMany({ where: { id: file.id, side: as, messageId: null } });
    if (count === 0) return refuse("not_found");
    const subject = file.conversation.patient.pseudonym;
    await recordFile(tx, "file.discarded", { actor, as, id: file.id, subject }, now);
    return ok();
  });

const recordFile = (
  tx: Tx,
  action: "file.attached" | "file.discarded",
  { actor, as, id, subject }: { actor: Actor; as: Side; id: string; subject: string },
  now: Temporal.Instant,
) =>
  recordAudit(
    tx,
    {
      action,
      details: { as },
      actor: auditActor(actor),
      outcome: "success",
      subject,
      entity: { type: "attachment", id },
    },
    now,
  );
