import type { Temporal } from "temporal-polyfill";
import { db } from "@/lib/db/client";
import { removeLeftCopies } from "@/lib/files/scan";
import { removeFile } from "@/lib/files/store";
import { toDate } from "@/lib/time/instant";
import { COPY_KEPT_MINUTES, UNSENT_KEPT_HOURS } from "../constants";

/** How much one sweep does at most; the next one goes on. */
const AT_MOST = 500;

/**
 * Removes what nobody sent, the bytes of files whose rows have gone, and copies that a killed scan has left. Two at once do no harm.
 */
export async function sweepFiles(now: Temporal.Instant): Promise<void> {
  await db().attachment.deleteMany({
    where: { messageId: null, createdAt: { lt: toDate(now.subtract({ hours: UNSENT_KEPT_HOURS })) } },
  });
  const removed = await db().removedFile.findMany({ orderBy: { removedAt: "asc" }, take: AT_MOST });
  for (const { storageKey } of removed) {
    await removeFile(storageKey);
    await db().removedFile.deleteMany({ where: { storageKey } });
  }
  await removeLeftCopies(now.subtract({ minutes: COPY_KEPT_MINUTES }));
}
