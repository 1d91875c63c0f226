import type { Temporal } from "temporal-polyfill";
import { auditActor } from "@/lib/access/rules";
import type { Actor } from "@/lib/access/types";
import { recordAudit } from "@/lib/audit/mutations";
import { logger } from "@/lib/core/logger";
import { ok, type Result, refuse } from "@/lib/core/result";
import { transaction } from "@/lib/db/transaction";
import { FILE_TYPES } from "../constants";
import { fileNameOf, findAttachment, openContent } from "../data/attachments";

export type ReadableFile = {
  name: string;
  mediaType: string;
  isImage: boolean;
  bytes: Buffer<ArrayBuffer>;
};

export type ReadRefusal =
  | "not_found"
  /** Nobody reads it before it was looked at. */
  | "checking"
  | "refused";

/** A file for one of its conversation's two, opened. The reading is in the trail before anything is shown. */
export async function readFile(
  actor: Actor,
  attachmentId: string,
  now: Temporal.Instant,
): Promise<Result<ReadableFile, ReadRefusal>> {
  const noted = await transaction(async (tx) => {
    const found = await findAttachment(tx, actor, attachmentId);
    if (!found) return refuse("not_found");
    const { file, as } = found;
    if (file.scan !== "clean") return refuse(file.scan === "refused" ? "refused" : "checking");
    await recordAudit(
      tx,
      {
        action: "file.read",
        details: { as },
        actor: auditActor(actor),
        outcome: "success",
        subject: file.conversation.patient.pseudonym,
        entity: { type: "attachment", id: file.id },
      },
      now,
    );
    return ok(file);
  });
  if (!noted.ok) return noted;
  const file = noted.value;
  const bytes = await openContent(file);
  if (!bytes) {
    logger().error({ attachmentId }, "messaging: a file's bytes are not where they should be");
    return refuse("not_found");
  }
  const { mediaType } = file;
  return ok({ name: fileNameOf(file), mediaType, isImage: FILE_TYPES[mediaType]?.kind === "image", bytes });
}
