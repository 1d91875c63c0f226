import type { Temporal } from "temporal-polyfill";
import { recordAudit } from "@/lib/audit/mutations";
import { ok, type Result, refuse } from "@/lib/core/result";
import { db } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { publish } from "@/lib/events/publish";
import { conversationTopic } from "@/lib/events/topics";
import { scanBytes } from "@/lib/files/scan";
import { openContent } from "../data/attachments";

/**
 * Has a file looked at that waits for it, and notes the verdict: clean, and both sides can read it; refused, and nobody can, and its
 * bytes go. Safe to repeat. Does nothing for a file that has its verdict, or is no more.
 *
 * @returns `unclear` where there was no verdict; the file stays unreadable
 */
export async function scanAttachment(
  attachmentId: string,
  now: Temporal.Instant,
): Promise<Result<undefined, "unclear">> {
  const waiting = await db().attachment.findFirst({ where: { id: attachmentId, scan: "pending" } });
  if (!waiting) return ok();
  const bytes = await openContent(waiting);
  const verdict = bytes ? await scanBytes(bytes) : "unclear";
  if (verdict === "unclear") return refuse("unclear");
  return transaction(async (tx) => {
    const { count } = await tx.attachment.updateMany({
      where: { id: attachmentId, scan: "pending" },
      data: { scan: verdict },
    });
    if (count === 0) return ok();
    const { storageKey, conversation } = await tx.attachment.findUniqueOrThrow({
      where: { id: attachmentId },
      include: { conversation: { include: { patient: { select: { pseudonym: true } } } } },
    });
    if (verdict === "refused") await tx.removedFile.create({ data: { storageKey } });
    await publish(tx, [conversationTopic(conversation.id)]);
    await recordAudit(
      tx,
      {
        action: "file.scanned",
        details: { verdict },
        actor: { kind: "system" },
        outcome: "success",
        subject: conversation.patient.pseudonym,
        entity: { type: "attachment", id: attachmentId },
      },
      now,
    );
    return ok();
  });
}
