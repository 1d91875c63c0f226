import { WEEKDAYS } from "../constants";
import type { Weekday, WeeklyInterval } from "../types";

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

/** Neighbouring weekdays with the same intervals: "Monday to Friday, 09:00–13:00 and 14:00–18:00". */
export type WeekdayGroup = { first: Weekday; last: Weekday; intervals: readonly WeeklyInterval[] };

const sameIntervals = (a: readonly WeeklyInterval[], b: readonly WeeklyInterval[]) =>
  a.length === b.length &&
  a.every(
    (interval, index) => interval.startTime === b[index]?.startTime && interval.endTime === b[index]?.endTime,
  );

/** A week's hours as people say them: days without hours are left out, neighbours that are alike become one. */
export function groupWeekdays(hours: readonly WeeklyInterval[]): WeekdayGroup[] {
  const groups: WeekdayGroup[] = [];
  for (const weekday of WEEKDAYS) {
    const intervals = hours
      .filter((interval) => interval.weekday === weekday)
      .toSorted((a, b) => (a.startTime < b.startTime ? -1 : 1));
    if (intervals.length === 0) continue;
    const previous = groups.at(-1);
    if (previous && previous.last === weekday - 1 && sameIntervals(previous.intervals, intervals))
      previous.last = weekday;
    else groups.push({ first: weekday, last: weekday, intervals });
  }
  return groups;
}

/** The parts of one civil day that a week's hours cover, in minutes from its midnight; nights of the day before included. */
export function minutesOfDay(
  hours: readonly WeeklyInterval[],
  weekday: Weekday,
): { start: number; end: number }[] {
  const midnight = (weekday - 1) * DAY_MINUTES;
  return hours
    .map(weekMinutes)
    .flatMap(({ start, end }) => [
      { start, end },
      { start: start - WEEK_MINUTES, end: end - WEEK_MINUTES },
    ])
    .map(({ start, end }) => ({
      start: Math.max(start - midnight, 0),
      end: Math.min(end - midnight, DAY_MINUTES),
    }))
    .filter(({ start, end }) => start < end)
    .sort((a, b) => a.start - b.start);
}
