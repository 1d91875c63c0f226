import type { WeeklyInterval } from "../types";

const DAY_MINUTES = 24 * 60;
const WEEK_MINUTES = 7 * DAY_MINUTES;

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** An interval on the wall clock of a week, in minutes from Monday 00:00; one that begins on Sunday may end beyond the week. */
export function weekMinutes({ weekday, startTime, endTime }: WeeklyInterval): { start: number; end: number } {
  const start = (weekday - 1) * DAY_MINUTES + minutesOf(startTime);
  const length = minutesOf(endTime) - minutesOf(startTime);
  return { start, end: start + (length > 0 ? length : length + DAY_MINUTES) };
}

/** The hours of a week in minutes of the wall clock: what the practitioner works if nothing is booked. */
export const weeklyMinutes = (hours: readonly WeeklyInterval[]): number =>
  hours.map(weekMinutes).reduce((sum, { start, end }) => sum + end - start, 0);

/**
 * The index of an interval that overlaps an earlier one of the list, across midnight and across the end of the week too;
 * `undefined` when none does. Intervals that only touch do not overlap.
 */
export function findOverlap(hours: readonly WeeklyInterval[]): number | undefined {
  const spans = hours.map(weekMinutes);
  const overlap = (a: { start: number; end: number }, b: { start: number; end: number }) =>
    a.start < b.end && b.start < a.end;
  const found = spans.findIndex((span, index) =>
    spans
      .slice(0, index)
      .some((other) =>
        [-WEEK_MINUTES, 0, WEEK_MINUTES].some((shift) =>
          overlap(span, { start: other.start + shift, end: other.end + shift }),
        ),
      ),
  );
  return found === -1 ? undefined : found;
}
