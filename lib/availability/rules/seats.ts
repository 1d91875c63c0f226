import type { PractitionerEntry } from "@/lib/db/generated/enums";

/** Half-open, in epoch milliseconds. */
export type Interval = { start: number; end: number };

/** Guest seats that somebody's visit takes on TrueConf while it lasts. */
export type SeatClaim = Interval & { seats: number };

/** The guest seats of one visit: the patient's, and the practitioner's who enters without a TrueConf account. */
export const seatsFor = (entry: PractitionerEntry): number => (entry === "guest" ? 2 : 1);

/** Seats come free before they are taken again at the same moment: intervals are half-open. */
function steps(claims: readonly SeatClaim[]): { at: number; change: number }[] {
  return claims
    .filter(({ start, end }) => start < end)
    .flatMap(({ start, end, seats }) => [
      { at: start, change: seats },
      { at: end, change: -seats },
    ])
    .sort((a, b) => a.at - b.at || a.change - b.change);
}

/** The most seats taken at any one moment of the interval. */
export function peakSeats(claims: readonly SeatClaim[], interval: Interval): number {
  let taken = 0;
  let peak = 0;
  for (const { change } of steps(
    claims.filter(({ start, end }) => start < interval.end && end > interval.start),
  )) {
    taken += change;
    peak = Math.max(peak, taken);
  }
  return peak;
}

/** The times at which more than `limit` seats are taken, in order. */
export function crowdedIntervals(claims: readonly SeatClaim[], limit: number): Interval[] {
  const crowded: Interval[] = [];
  let taken = 0;
  let since: number | undefined;
  for (const { at, change } of steps(claims)) {
    taken += change;
    if (taken > limit) since ??= at;
    else if (since !== undefined) {
      if (since < at) crowded.push({ start: since, end: at });
      since = undefined;
    }
  }
  return crowded;
}
