import type { Temporal } from "temporal-polyfill";
import { isBefore, toInstant } from "@/lib/time/instant";
import { PRESENCE_SILENT_MS } from "../constants";

/** On which side of a visit somebody is. */
export type Side = "patient" | "practitioner" | "third";

/** The sides with an open page. A row whose process has been silent for long says nothing any more: that process has died. */
export const sidesPresent = (
  rows: readonly { side: Side; beatAt: Date }[],
  now: Temporal.Instant,
): ReadonlySet<Side> => {
  const since = now.subtract({ milliseconds: PRESENCE_SILENT_MS });
  return new Set(rows.filter(({ beatAt }) => isBefore(since, toInstant(beatAt))).map(({ side }) => side));
};
