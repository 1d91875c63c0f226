import { type ComputeSlotsInput, requireReach, requireSlotsInput } from "./slots-input";
import { Cursor, scheduleOf, union, windowsOf } from "./working-time";
import { type ZoneClock, zoneClock } from "./zone-clock";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** A window may begin a day, where a date was skipped or came twice two, before a candidate in it. */
const DAYS_BEFORE = 2;
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
  requireReach(latest, duration);
  const margin = (DAYS_BEFORE + 1) * DAY;
  const clock = zoneClock(input.timeZone, Math.min(now, earliest) - margin, latest + duration + margin);
  const windows = windowsOf(
    scheduleOf(input),
    clock,
    clock.dayAt(earliest) - DAYS_BEFORE,
    clock.dayAt(latest + duration) + DAYS_AFTER,
  );
  const worked = new Cursor(union(windows));
  const busy = new Cursor(union(input.busy));
  const blocked = new Cursor(union(input.blocked));
  const [before, after] = [visitType.bufferBeforeMinutes * MINUTE, visitType.bufferAfterMinutes * MINUTE];
  const isAllowed = dateLimits(input, clock);

  const starts: number[] = [];
  for (const window of windows) {
    // A window lies within one stretch of working time, so that a visit fits as long as it ends with that stretch.
    const lastFit = worked.endAround(window.start) - duration;
    const end = Math.min(window.end, latest, lastFit + 1);
    let start = window.start + Math.max(0, Math.ceil((earliest - window.start) / step)) * step;
    for (; start < end; start += step) {
      if (busy.meets(start - before, start + duration + after)) continue;
      if (blocked.meets(start, start + duration)) continue;
      if (isAllowed(start)) starts.push(start);
    }
  }
  return inOrderOnce(starts);
}

/** Ascending and without duplicates, which only windows that overlap or follow closely can bring. */
function inOrderOnce(starts: number[]): number[] {
  for (let at = 1; at < starts.length; at += 1) {
    if ((starts[at] as number) <= (starts[at - 1] as number))
      return [...new Set(starts)].sort((a, b) => a - b);
  }
  return starts;
}

/** Whether a candidate's civil date is within the horizon and below the day's limit. */
function dateLimits(
  { bookedStarts, visitType: { horizonDays, maxPerDay }, now }: ComputeSlotsInput,
  clock: ZoneClock,
): (start: number) => boolean {
  const last = clock.dayAt(now) + horizonDays;
  if (maxPerDay === undefined) {
    const certain = now + (horizonDays - SLACK_DAYS) * DAY;
    return (start) => start < certain || clock.dayAt(start) <= last;
  }
  const booked = new Map<number, number>();
  for (const start of bookedStarts) {
    const day = clock.dayAt(start);
    booked.set(day, (booked.get(day) ?? 0) + 1);
  }
  return (start) => {
    const day = clock.dayAt(start);
    return day <= last && (booked.get(day) ?? 0) < maxPerDay;
  };
}
