import { logger } from "@/lib/core/logger";
import { openContent } from "@/lib/messaging/data/attachments";
import { EXPORT_FILES_MAX_BYTES } from "../constants";
import type { ExportedFile } from "../types";

/** The files' bytes as far as they fit, and the names of those that do not. */
export async function openFiles(listed: readonly ExportedFile[]) {
  const files: { path: string; bytes: Uint8Array }[] = [];
  const tooLarge: string[] = [];
  let left = EXPORT_FILES_MAX_BYTES;
  for (const { attachmentId, path, storageKey, contentKeyId } of listed) {
    const bytes = await openContent({ id: attachmentId, storageKey, contentKeyId });
    if (!bytes) logger().error({ attachmentId }, "privacy: a file's bytes are not where they should be");
    else if (bytes.byteLength > left) tooLarge.push(path);
    else {
      files.push({ path, bytes });
      left -= bytes.byteLength;
    }
  }
  return { files, tooLarge };
}
