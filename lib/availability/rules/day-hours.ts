import { parseDay } from "./civil";
import type { Interval } from "./seats";
import type { ComputeSlotsInput } from "./slots-input";
import { scheduleOf, union, windowsOf } from "./working-time";
import { zoneClock } from "./zone-clock";

const DAY = 24 * 60 * 60_000;
/** A window that begins on one date may end on the next; zones are half a day and more apart. */
const DATES_AROUND = 2;

/** The working time within `[start, end)`, by weekly hours and the hours of single dates; time off and closures are left in. */
export function workingTimeWithin(
  { timeZone, rules, overrides }: Pick<ComputeSlotsInput, "timeZone" | "rules" | "overrides">,
  { start, end }: Interval,
): Interval[] {
  const clock = zoneClock(timeZone, start - 2 * DATES_AROUND * DAY, end + 2 * DATES_AROUND * DAY);
  const spansOn = scheduleOf({ rules, overrides });
  const first = clock.dayAt(start) - DATES_AROUND;
  const windows = windowsOf(spansOn, clock, first, clock.dayAt(end) + DATES_AROUND);
  return union(windows).flatMap((window) => {
    const within = { start: Math.max(window.start, start), end: Math.min(window.end, end) };
    return within.start < within.end ? [within] : [];
  });
}

/** Whether a date's hours are its own, and not the week's. */
export const hasOwnHours = ({ overrides }: Pick<ComputeSlotsInput, "overrides">, date: string): boolean =>
  overrides.some((override) => parseDay(override.date) === parseDay(date));
