import type { Temporal } from "temporal-polyfill";
import { isBefore } from "@/lib/time/instant";
import type { VisitSettings } from "../types/settings";

type Began = {
  startAt: Temporal.Instant;
  endAt: Temporal.Instant;
  /** Since when it is in progress; a visit that is called again begins anew. */
  startedAt: Temporal.Instant | undefined;
  /** Since when at most one person has been in its conference. */
  aloneSince: Temporal.Instant | undefined;
};

const later = (a: Temporal.Instant, b: Temporal.Instant) => (isBefore(a, b) ? b : a);
const earlier = (a: Temporal.Instant, b: Temporal.Instant) => (isBefore(a, b) ? a : b);

/** How long before the clock ends a visit everybody in it is told. */
const WARNING_MINUTES = 15;

/** When a visit in progress should be over: at its booked end, or after its booked length where it began later. */
export const dueAt = ({ startAt, endAt, startedAt }: Omit<Began, "aloneSince">): Temporal.Instant =>
  startedAt ? later(endAt, startedAt.add(startAt.until(endAt))) : endAt;

/** When the clock ends a visit, whoever is in it: a tab that somebody forgot would else hold guest seats and its practitioner for ever. */
export const latestEndAt = (
  visit: Omit<Began, "aloneSince">,
  { longestOverrunMinutes }: Pick<VisitSettings, "longestOverrunMinutes">,
): Temporal.Instant => dueAt(visit).add({ minutes: longestOverrunMinutes });

/**
 * When a visit in progress ends by itself if nothing changes, and from when on that is said: of somebody who has been left alone in it
 * past its time, as soon as it is so.
 */
export function endsByItself(
  visit: Began,
  settings: Pick<VisitSettings, "longestOverrunMinutes" | "aloneGraceMinutes">,
): { at: Temporal.Instant; saidFrom: Temporal.Instant } {
  const due = dueAt(visit);
  const latest = latestEndAt(visit, settings);
  const warned = latest.subtract({ minutes: WARNING_MINUTES });
  if (!visit.aloneSince) return { at: latest, saidFrom: warned };
  const alone = later(due, visit.aloneSince.add({ minutes: settings.aloneGraceMinutes }));
  return { at: earlier(alone, latest), saidFrom: earlier(later(due, visit.aloneSince), warned) };
}
