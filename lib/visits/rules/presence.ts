import type { Temporal } from "temporal-polyfill";
import { isBefore, toInstant } from "@/lib/time/instant";
import { PRESENCE_SILENT_MS } from "../constants";

/** On which side of a visit somebody is. */
export type Side = "patient" | "practitioner" | "third";

/** Rows whose last beat is not after this say nothing any more: their process has died. */
export const silentSince = (now: Temporal.Instant): Temporal.Instant =>
  now.subtract({ milliseconds: PRESENCE_SILENT_MS });

/** The sides with an open page. */
export const sidesPresent = (
  rows: readonly { side: Side; beatAt: Date }[],
  now: Temporal.Instant,
): ReadonlySet<Side> => {
  const since = silentSince(now);
  return new Set(rows.filter(({ beatAt }) => isBefore(since, toInstant(beatAt))).map(({ side }) => side));
};
