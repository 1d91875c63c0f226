import { parseDay, parseMinutes } from "./civil";
import type { Interval } from "./seats";
import { isKnownZone } from "./zone-clock";

/** Wall-clock "HH:MM". An end at or before the start is on the next day; "00:00"–"00:00" is the whole day. */
export type WallInterval = { startTime: string; endTime: string };

export type ComputeSlotsInput = {
  /** IANA zone of the schedule. */
  timeZone: string;
  /** ISO weekday, 1 = Monday; `validFrom` and `validTo` are civil dates, both inclusive. */
  rules: readonly (WallInterval & {
    weekday: 1 | 2 | 3 | 4 | 5 | 6 | 7;
    validFrom?: string | undefined;
    validTo?: string | undefined;
  })[];
  /** Each replaces the rules of its civil date; without intervals that date is closed. */
  overrides: readonly { date: string; intervals: readonly WallInterval[] }[];
  /** Epoch milliseconds, half-open, in any order, may overlap; with their own buffers already. */
  busy: readonly Interval[];
  /** Time off, closures, guest seats full: compared with the visit itself, without buffers. */
  blocked: readonly Interval[];
  /** Starts of live appointments and holds of this visit type, for `maxPerDay`. */
  bookedStarts: readonly number[];
  visitType: {
    durationMinutes: number;
    intervalMinutes: number;
    bufferBeforeMinutes: number;
    bufferAfterMinutes: number;
    minNoticeMinutes: number;
    horizonDays: number;
    maxPerDay?: number | undefined;
  };
  /** Epoch milliseconds; the range is half-open. */
  from: number;
  to: number;
  now: number;
};

/** As far from 1970 as a calendar reaches, with room for what is looked at around a question. */
const FARTHEST = 8.64e15 - 10 * 366 * 86_400_000;

function refuse(field: string): never {
  throw new RangeError(`computeSlots: ${field}`);
}

const requireThat = (holds: boolean, field: string) => {
  if (!holds) refuse(field);
};

const isWhole = (value: number, min: number) => Number.isSafeInteger(value) && value >= min;

const isDate = (text: string) => parseDay(text) !== undefined;

function requireWallInterval({ startTime, endTime }: WallInterval, field: string) {
  if (parseMinutes(startTime) === undefined) refuse(`${field}.startTime`);
  if (parseMinutes(endTime) === undefined) refuse(`${field}.endTime`);
}

const requireIntervals = (intervals: readonly Interval[], field: string) => {
  for (const { start, end } of intervals) requireThat(!Number.isNaN(start) && !Number.isNaN(end), field);
};

/** Frozen rules that were found right stay so: a search computes from the same ones thousands of times. */
const checked = new WeakSet<ComputeSlotsInput["rules"]>();

function requireRules(rules: ComputeSlotsInput["rules"]) {
  if (checked.has(rules)) return;
  for (const rule of rules) {
    requireThat(isWhole(rule.weekday, 1) && rule.weekday <= 7, "rules.weekday");
    requireWallInterval(rule, "rules");
    requireThat(rule.validFrom === undefined || isDate(rule.validFrom), "rules.validFrom");
    requireThat(rule.validTo === undefined || isDate(rule.validTo), "rules.validTo");
  }
  if (isFrozen(rules)) checked.add(rules);
}

/** Whether neither the rules nor what they say can change. */
export const isFrozen = (rules: ComputeSlotsInput["rules"]): boolean =>
  Object.isFrozen(rules) && rules.every(Object.isFrozen);

/** Refuses a question about instants that no calendar reaches, before anybody counts that far. @throws {RangeError} that names the field */
export function requireReach(latest: number, duration: number): void {
  requireThat(latest <= FARTHEST, "to");
  requireThat(latest + duration <= FARTHEST, "visitType.durationMinutes");
}

/** Refuses what no schedule can mean. @throws {RangeError} that names the field */
export function requireSlotsInput(input: ComputeSlotsInput): void {
  const { visitType } = input;
  requireThat(isKnownZone(input.timeZone), "timeZone");
  requireThat(isWhole(visitType.durationMinutes, 1), "visitType.durationMinutes");
  requireThat(isWhole(visitType.intervalMinutes, 1), "visitType.intervalMinutes");
  requireThat(isWhole(visitType.bufferBeforeMinutes, 0), "visitType.bufferBeforeMinutes");
  requireThat(isWhole(visitType.bufferAfterMinutes, 0), "visitType.bufferAfterMinutes");
  requireThat(isWhole(visitType.minNoticeMinutes, 0), "visitType.minNoticeMinutes");
  requireThat(isWhole(visitType.horizonDays, 0), "visitType.horizonDays");
  requireThat(visitType.maxPerDay === undefined || isWhole(visitType.maxPerDay, 0), "visitType.maxPerDay");
  requireThat(!Number.isNaN(input.from), "from");
  requireThat(!Number.isNaN(input.to), "to");
  requireThat(Math.abs(input.now) <= FARTHEST, "now");
  requireIntervals(input.busy, "busy");
  requireIntervals(input.blocked, "blocked");
  for (const start of input.bookedStarts) requireThat(Number.isFinite(start), "bookedStarts");

  requireRules(input.rules);
  const dates = new Set<string>();
  for (const { date, intervals } of input.overrides) {
    requireThat(isDate(date) && !dates.has(date), "overrides.date");
    dates.add(date);
    for (const interval of intervals) requireWallInterval(interval, "overrides.intervals");
  }
}
