import { systemNow } from "@/lib/core/clock";
import type { Handler } from "@/lib/jobs/work";
import { scanAttachment } from "./mutations/scan";
import { sweepFiles } from "./mutations/sweep";

/** A file has its verdict, or this is thrown and the queue tries again. */
class TryAgain extends Error {}

/** Has a file looked at before anybody reads it. */
export const scanSentFile: Handler<"attachment.scan"> = async ({ attachmentId }) => {
  const scanned = await scanAttachment(attachmentId, systemNow());
  if (!scanned.ok) throw new TryAgain("the file was not looked at");
};

/** Every minute. */
export const sweepMessaging: Handler<"messaging.sweep"> = () => sweepFiles(systemNow());
