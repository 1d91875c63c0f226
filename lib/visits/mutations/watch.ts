import type { Temporal } from "temporal-polyfill";
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
  await compareConferences(now);
  return { seconds, comparedAt: now };
}
