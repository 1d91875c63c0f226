import type { Temporal } from "temporal-polyfill";
import { ok } from "@/lib/core/result";
import { db } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { removeLeftCopies } from "@/lib/files/scan";
import { removeFile } from "@/lib/files/store";
import { listOpenJobs } from "@/lib/jobs/open-jobs";
import { enqueue } from "@/lib/jobs/send";
import { toDate } from "@/lib/time/instant";
import { COPY_KEPT_MINUTES, SCAN_AGAIN_MINUTES, UNSENT_KEPT_HOURS } from "../constants";

/** How much one sweep does at most; the next one goes on. */
const AT_MOST = 500;

/**
 * Removes what nobody sent, the bytes of files whose rows have gone, and copies that a killed scan has left; and has those looked at again
 * that nothing could look at. Two at once do no harm.
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
  await scanAgain(now);
}

/**
 * A scanner may be down for longer than a job is tried again: a file that has no verdict and no job any more gets another one, for as
 * long as it is there.
 */
async function scanAgain(now: Temporal.Instant): Promise<void> {
  const waiting = await db().attachment.findMany({
    where: { scan: "pending", createdAt: { lt: toDate(now.subtract({ minutes: SCAN_AGAIN_MINUTES })) } },
    orderBy: { createdAt: "asc" },
    select: { id: true },
  });
  if (waiting.length === 0) return;
  const asked = new Set(
    (await listOpenJobs(db(), "attachment.scan")).map(({ attachmentId }) => attachmentId),
  );
  const left = waiting.filter(({ id }) => !asked.has(id)).slice(0, AT_MOST);
  await transaction(async (tx) => {
    for (const { id } of left) await enqueue(tx, "attachment.scan", { attachmentId: id });
    return ok();
  });
}
