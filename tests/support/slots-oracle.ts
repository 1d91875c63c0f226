import { Temporal } from "temporal-polyfill";
import type { ComputeSlotsInput, WallInterval } from "@/lib/availability/rules/slots-input";

/*
 * Free times as slowly and as plainly as they can be said: Temporal for every date and time, every candidate looked at by itself. It
 * shares nothing with the engine but the shape of the question, so that what both answer is right.
 */

type Window = { start: number; end: number };

const MINUTE = 60_000;
/** Dates are gone through from so many before to so many after those that are asked about. */
const SPARE_DAYS = 4;

const dateOf = (epochMilliseconds: number, timeZone: string): Temporal.PlainDate =>
  Temporal.Instant.fromEpochMilliseconds(epochMilliseconds).toZonedDateTimeISO(timeZone).toPlainDate();

/** What {@link ComputeSlotsInput} offers, sentence by sentence as it was specified. */
export function slowlyComputeSlots(input: ComputeSlotsInput): number[] {
  const { timeZone, from, to, now, visitType, busy, blocked, bookedStarts } = input;
  const { horizonDays, maxPerDay } = visitType;
  if (from >= to) return [];
  const duration = visitType.durationMinutes * MINUTE;
  const lastDate = dateOf(now, timeZone).add({ days: horizonDays });
  const windows = windowsBetween(
    input,
    dateOf(Math.max(from, now), timeZone).subtract({ days: SPARE_DAYS }),
    earlierDate(dateOf(to, timeZone), lastDate).add({ days: SPARE_DAYS + Math.ceil(duration / 86_400_000) }),
  );

  const meets = (intervals: readonly Window[], start: number, end: number) =>
    intervals.some((other) => other.start < other.end && other.start < end && start < other.end);
  const bookedDates = bookedStarts.map((start) => dateOf(start, timeZone));
  const bookedOn = (date: Temporal.PlainDate) => bookedDates.filter((booked) => booked.equals(date)).length;

  function isOffered(start: number): boolean {
    const end = start + duration;
    if (start < from || start < now + visitType.minNoticeMinutes * MINUTE || start >= to) return false;
    if (!isWorked(windows, start, end)) return false;
    const [before, after] = [visitType.bufferBeforeMinutes * MINUTE, visitType.bufferAfterMinutes * MINUTE];
    if (meets(busy, start - before, end + after) || meets(blocked, start, end)) return false;
    const date = dateOf(start, timeZone);
    if (Temporal.PlainDate.compare(date, lastDate) > 0) return false;
    return maxPerDay === undefined || bookedOn(date) < maxPerDay;
  }

  const starts = new Set<number>();
  for (const { start: first, end } of windows) {
    for (let start = first; start < end; start += visitType.intervalMinutes * MINUTE)
      if (isOffered(start)) starts.add(start);
  }
  return [...starts].sort((a, b) => a - b);
}

const earlierDate = (a: Temporal.PlainDate, b: Temporal.PlainDate) =>
  Temporal.PlainDate.compare(a, b) < 0 ? a : b;

function windowsBetween(
  { timeZone, rules, overrides }: ComputeSlotsInput,
  first: Temporal.PlainDate,
  last: Temporal.PlainDate,
): Window[] {
  const windows: Window[] = [];
  for (let date = first; Temporal.PlainDate.compare(date, last) <= 0; date = date.add({ days: 1 })) {
    const day = date.toString();
    const exists = date.toZonedDateTime(timeZone).toPlainDate().equals(date);
    if (!exists) continue;
    const override = overrides.find((candidate) => candidate.date === day);
    const weekly = rules.filter(
      ({ weekday, validFrom, validTo }) =>
        weekday === date.dayOfWeek && (!validFrom || validFrom <= day) && (!validTo || day <= validTo),
    );
    for (const interval of override ? override.intervals : weekly) {
      const window = resolve(date, interval, timeZone);
      if (window.start < window.end) windows.push(window);
    }
  }
  return windows;
}

function resolve(date: Temporal.PlainDate, { startTime, endTime }: WallInterval, timeZone: string): Window {
  const at = (day: Temporal.PlainDate, time: string) =>
    day.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(time) }).epochMilliseconds;
  const endDate = endTime <= startTime ? date.add({ days: 1 }) : date;
  return { start: at(date, startTime), end: at(endDate, endTime) };
}

/** Whether all of `[start, end)` is covered by windows: from the start on, one reaches to the next until the end. */
function isWorked(windows: readonly Window[], start: number, end: number): boolean {
  let reached = start;
  while (reached < end) {
    const further = windows.filter((window) => window.start <= reached && window.end > reached);
    if (further.length === 0) return false;
    reached = Math.max(...further.map((window) => window.end));
  }
  return true;
}
