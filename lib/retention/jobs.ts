import { systemNow } from "@/lib/core/clock";
import { logger } from "@/lib/core/logger";
import type { Handler } from "@/lib/jobs/work";
import { sweepRetention } from "./mutations/sweep";

/** Every night. */
export const sweepKept: Handler<"retention.sweep"> = async () => {
  const removed = await sweepRetention(systemNow());
  logger().info({ removed: Object.fromEntries(removed) }, "retention: what was kept long enough is gone");
};
