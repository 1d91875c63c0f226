import { Temporal } from "temporal-polyfill";
import { dateIn } from "@/lib/time/zones";
import type { Interval } from "./seats";
import { type ComputeSlotsInput, requireSlotsInput, type WallInterval } from "./slots-input";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** A window may begin a day, where a date was skipped two, before a candidate in it. */
const DAYS_BEFORE = 2;
/** Where a date came twice, the one that follows the last instant may have begun before it. */
const DAYS_AFTER = 1;
/** By so much a number of civil days may differ from as many times 24 hours, in any zone. */
const SLACK_DAYS = 3;

/**
 * The starts at which a visit can be booked, in ascending order, as epoch milliseconds.
 *
 * Windows belong to the civil date on which they start: its override's intervals, else the rules of its weekday. Both ends become
 * instants by Temporal's `compatible` rule. Their union is the working time, in which `[start, start + duration)` must lie; buffers
 * may lie outside. Candidates stand at `window.start + k × interval` of every single window. Neither range nor horizon
 * nor validity clips the working time, only candidates. Nothing here depends on the process's own zone or clock.
 *
 * @throws {RangeError} naming the field, for input that no schedule can mean
 */
export function computeSlots(input: ComputeSlotsInput): number[] {
  requireSlotsInput(input);
  const { visitType, now } = input;
  const earliest = Math.ceil(Math.max(input.from, now + visitType.minNoticeMinutes * MINUTE));
  const latest = Math.ceil(Math.min(input.to, now + (visitType.horizonDays + SLACK_DAYS) * DAY));
  if (!(earliest < latest)) return [];

  const duration = visitType.durationMinutes * MINUTE;
  const step = visitType.intervalMinutes * MINUTE;
  const windows = windowsBetween(input, earliest, latest + duration);
  const workingTime = union(windows);
  const isAllowed = dateLimits(input);
  const isFree = claims(input, duration);

  const starts = new Set<number>();
  for (const window of windows) {
    const first = window.start + Math.max(0, Math.ceil((earliest - window.start) / step)) * step;
    for (let start = first; start < window.end && start < latest; start += step) {
      const end = start + duration;
      const isWorked = workingTime.some((worked) => worked.start <= start && end <= worked.end);
      if (isWorked && isFree(start) && isAllowed(start)) starts.add(start);
    }
  }
  return [...starts].sort((a, b) => a - b);
}

/** Every window of the dates from a little before `from` to a little after `to`. */
function windowsBetween(
  { timeZone, rules, overrides }: ComputeSlotsInput,
  from: number,
  to: number,
): Interval[] {
  const overridden = new Map(overrides.map(({ date, intervals }) => [date, intervals]));
  const last = dateAt(to, timeZone).add({ days: DAYS_AFTER });
  const windows: Interval[] = [];
  for (
    let date = dateAt(from, timeZone).subtract({ days: DAYS_BEFORE });
    Temporal.PlainDate.compare(date, last) <= 0;
    date = date.add({ days: 1 })
  ) {
    if (wasSkipped(date, timeZone)) continue;
    const day = date.toString();
    const intervals =
      overridden.get(day) ??
      rules.filter(
        ({ weekday, validFrom, validTo }) =>
          weekday === date.dayOfWeek && (validFrom ?? day) <= day && day <= (validTo ?? day),
      );
    for (const interval of intervals) {
      const window = resolve(date, interval, timeZone);
      if (window.start < window.end) windows.push(window);
    }
  }
  return windows;
}

function resolve(date: Temporal.PlainDate, { startTime, endTime }: WallInterval, timeZone: string): Interval {
  const endDate = endTime <= startTime ? date.add({ days: 1 }) : date;
  const at = (day: Temporal.PlainDate, time: string) =>
    day.toPlainDateTime(time).toZonedDateTime(timeZone, { disambiguation: "compatible" }).epochMilliseconds;
  return { start: at(date, startTime), end: at(endDate, endTime) };
}

/** Zones that moved across the date line left out a whole date (Apia, 2011-12-30): its first moment is on another one. */
const wasSkipped = (date: Temporal.PlainDate, timeZone: string): boolean =>
  !date.toZonedDateTime(timeZone).toPlainDate().equals(date);

const dateAt = (at: number, timeZone: string): Temporal.PlainDate =>
  dateIn(Temporal.Instant.fromEpochMilliseconds(at), timeZone);

/** Windows that overlap or touch become one. */
function union(windows: readonly Interval[]): Interval[] {
  const merged: Interval[] = [];
  for (const { start, end } of windows.toSorted((a, b) => a.start - b.start)) {
    const open = merged.at(-1);
    if (open && start <= open.end) open.end = Math.max(open.end, end);
    else merged.push({ start, end });
  }
  return merged;
}

const meets = (intervals: readonly Interval[], start: number, end: number): boolean =>
  intervals.some((other) => other.start < other.end && other.start < end && start < other.end);

/** Whether a visit meets no claim with its buffers around it, and nothing blocked with itself. */
function claims(
  { busy, blocked, visitType }: ComputeSlotsInput,
  duration: number,
): (start: number) => boolean {
  const before = visitType.bufferBeforeMinutes * MINUTE;
  const after = visitType.bufferAfterMinutes * MINUTE;
  return (start) =>
    !meets(busy, start - before, start + duration + after) && !meets(blocked, start, start + duration);
}

/** Whether a candidate's civil date is within the horizon and below the day's limit. */
function dateLimits({
  bookedStarts,
  visitType: { horizonDays, maxPerDay },
  timeZone,
  now,
}: ComputeSlotsInput): (start: number) => boolean {
  const today = dateAt(now, timeZone);
  const booked = new Map<string, number>();
  if (maxPerDay !== undefined) {
    for (const start of bookedStarts) {
      const day = dateAt(start, timeZone).toString();
      booked.set(day, (booked.get(day) ?? 0) + 1);
    }
  }
  // Asking for the civil date costs most here, so not where the answer cannot be "too far" in any zone.
  const surelyNear = now + (horizonDays - SLACK_DAYS) * DAY;
  return (start) => {
    if (start < surelyNear && maxPerDay === undefined) return true;
    const date = dateAt(start, timeZone);
    if (today.until(date, { largestUnit: "days" }).days > horizonDays) return false;
    return maxPerDay === undefined || (booked.get(date.toString()) ?? 0) < maxPerDay;
  };
}
