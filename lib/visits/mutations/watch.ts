import type { Temporal } from "temporal-polyfill";
import { logger } from "@/lib/core/logger";
import { isBefore } from "@/lib/time/instant";
import { nextComparisonSeconds, RARELY_SECONDS } from "../rules/polling";
import { compareConferences } from "./compare";
import { pollConferences } from "./poll";

/**
 * One round of the installation's one watcher: a look at the conferences that are near and, where it is time, the comparison of all
 * that TrueConf has of ours.
 *
 * @param comparedAt when that was last done, if ever
 * @returns the seconds until the next round, and when the comparison was last done by now
 */
export async function watchOnce(
  comparedAt: Temporal.Instant | undefined,
  now: Temporal.Instant,
): Promise<{ seconds: number; comparedAt: Temporal.Instant }> {
  const seconds = await pollConferences(now);
  const every = nextComparisonSeconds(seconds < RARELY_SECONDS);
  if (comparedAt && isBefore(now, comparedAt.add({ seconds: every }))) return { seconds, comparedAt };
  try {
    await compareConferences(now);
  } catch (error) {
    // The next comparison does it; the visits that go on now are looked at all the same.
    logger().error({ err: error }, "visits: conferences could not be compared");
  }
  return { seconds, comparedAt: now };
}
