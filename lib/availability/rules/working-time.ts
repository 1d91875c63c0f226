import { parseDay, parseMinutes, weekdayOf } from "./civil";
import type { Interval } from "./seats";
import { type ComputeSlotsInput, isFrozen, type WallInterval } from "./slots-input";
import type { ZoneClock } from "./zone-clock";

const MINUTE = 60_000;
const MINUTES_A_DAY = 1_440;
const DAY = MINUTES_A_DAY * MINUTE;
/** A local day and the one after it, in which a window may end, with more than any clock was ever put on or back. */
const ROOM = 3 * DAY;

/** More days than a calendar has to either side of 1970: for rules that have always been and will always be valid. */
const EVER = 2 ** 30;

/** Minutes since the midnight of the date on which it begins; an end on the next day is beyond 1,440. */
type Span = { start: number; end: number };
type Rule = Span & { from: number; to: number };

function spanOf({ startTime, endTime }: WallInterval): Span {
  const [start, end] = [parseMinutes(startTime) ?? 0, parseMinutes(endTime) ?? 0];
  return { start, end: end <= start ? end + MINUTES_A_DAY : end };
}

type Week = { byWeekday: readonly (readonly Rule[])[]; isAlwaysValid: boolean };

/** Frozen rules are read once: a search computes from the same ones thousands of times. */
const weeks = new WeakMap<ComputeSlotsInput["rules"], Week>();

function weekOf(rules: ComputeSlotsInput["rules"]): Week {
  const known = weeks.get(rules);
  if (known) return known;
  const byWeekday: Rule[][] = [[], [], [], [], [], [], [], []];
  let isAlwaysValid = true;
  for (const rule of rules) {
    const { weekday, validFrom, validTo } = rule;
    const { start, end } = spanOf(rule);
    const from = validFrom === undefined ? -EVER : (parseDay(validFrom) ?? 0);
    const to = validTo === undefined ? EVER : (parseDay(validTo) ?? 0);
    byWeekday[weekday]?.push({ start, end, from, to });
    if (validFrom !== undefined || validTo !== undefined) isAlwaysValid = false;
  }
  const week = { byWeekday, isAlwaysValid };
  if (isFrozen(rules)) weeks.set(rules, week);
  return week;
}

/** What a schedule says of each civil date. */
export function scheduleOf({
  rules,
  overrides,
}: Pick<ComputeSlotsInput, "rules" | "overrides">): (day: number) => readonly Span[] {
  const { byWeekday, isAlwaysValid } = weekOf(rules);
  if (overrides.length === 0 && isAlwaysValid) return (day) => byWeekday[weekdayOf(day)] ?? [];
  const overridden = new Map(
    overrides.map(({ date, intervals }) => [parseDay(date) ?? 0, intervals.map(spanOf)]),
  );
  return (day) => {
    const own = overridden.get(day);
    if (own) return own;
    const weekly = byWeekday[weekdayOf(day)] ?? [];
    return isAlwaysValid ? weekly : weekly.filter(({ from, to }) => from <= day && day <= to);
  };
}

/** Every window of the civil days `[first, last]`, in the order of their starts. */
export function windowsOf(
  spansOn: (day: number) => readonly Span[],
  clock: ZoneClock,
  first: number,
  last: number,
): Interval[] {
  const windows: Interval[] = [];
  let isSorted = true;
  let latest = Number.NEGATIVE_INFINITY;
  for (let day = first; day <= last; day += 1) {
    const spans = spansOn(day);
    if (spans.length === 0) continue;
    const midnight = day * DAY;
    const era = clock.eraAt(midnight);
    const isPlain = era.start + ROOM <= midnight && midnight + ROOM <= era.end;
    // Zones that moved across the date line left out a whole date (Apia, 2011-12-30): its midnight is on another one.
    if (!isPlain && clock.dayAt(clock.instantOf(midnight)) !== day) continue;
    for (const span of spans) {
      const [from, to] = [midnight + span.start * MINUTE, midnight + span.end * MINUTE];
      const start = isPlain ? from - era.offset : clock.instantOf(from);
      const end = isPlain ? to - era.offset : clock.instantOf(to);
      if (start >= end) continue;
      if (start < latest) isSorted = false;
      latest = start;
      windows.push({ start, end });
    }
  }
  return isSorted ? windows : windows.sort((a, b) => a.start - b.start);
}

/** Intervals that overlap or touch become one; empty and inverted ones are none. */
export function union(intervals: readonly Interval[]): readonly Interval[] {
  if (isUnion(intervals)) return intervals;
  const merged: Interval[] = [];
  let open: Interval | undefined;
  for (const { start, end } of inOrder(intervals)) {
    if (!(start < end)) continue;
    if (open && start <= open.end) {
      if (end > open.end) open.end = end;
    } else {
      open = { start, end };
      merged.push(open);
    }
  }
  return merged;
}

/** Claims of one practitioner, as the database gives them, mostly are. */
function isUnion(intervals: readonly Interval[]): boolean {
  let reached = Number.NEGATIVE_INFINITY;
  for (const { start, end } of intervals) {
    if (!(reached < start && start < end)) return false;
    reached = end;
  }
  return true;
}

function inOrder(intervals: readonly Interval[]): readonly Interval[] {
  for (let at = 1; at < intervals.length; at += 1) {
    if ((intervals[at] as Interval).start < (intervals[at - 1] as Interval).start)
      return [...intervals].sort((a, b) => a.start - b.start);
  }
  return intervals;
}

/**
 * Walks merged intervals beside questions that mostly ascend, so that each answer begins where the last one ended.
 */
export class Cursor {
  readonly #intervals: readonly Interval[];
  #at = 0;

  constructor(merged: readonly Interval[]) {
    this.#intervals = merged;
  }

  /** The first interval that ends after an instant. */
  after(instant: number): Interval | undefined {
    let at = this.#at;
    while (at > 0 && (this.#intervals[at - 1] as Interval).end > instant) at -= 1;
    while (at < this.#intervals.length && (this.#intervals[at] as Interval).end <= instant) at += 1;
    this.#at = at;
    return this.#intervals[at];
  }

  /** Where the interval that an instant is in ends; the instant itself where it is in none. */
  endAround(instant: number): number {
    const around = this.after(instant);
    return around !== undefined && around.start <= instant ? around.end : instant;
  }

  /** Whether anything of `[start, end)` is in an interval. */
  meets(start: number, end: number): boolean {
    const next = this.after(start);
    return next !== undefined && next.start < end;
  }

  /** Whether all of `[start, end)` is in one interval. */
  holds(start: number, end: number): boolean {
    const next = this.after(start);
    return next !== undefined && next.start <= start && end <= next.end;
  }
}
