import { Temporal } from "temporal-polyfill";
import type { FreeSlot } from "@/lib/availability/types";
import { dateIn, startOfDay } from "@/lib/time/zones";
import type { PartOfDay } from "../types/times";

const DAYS_A_WEEK = 7;

export type MonthWindow = {
  /** The month's first day. */
  month: Temporal.PlainDate;
  /** Whole weeks of consecutive dates, each from Monday; the first and the last may hold days of other months. */
  weeks: readonly (readonly Temporal.PlainDate[])[];
  /** The first day of the month before and after, where those have a day that can be booked. */
  previous: Temporal.PlainDate | undefined;
  next: Temporal.PlainDate | undefined;
};

/**
 * The month that holds a date, in whole weeks. Weeks that are over are left out, since nothing in them can be chosen. A date before
 * today or after the last bookable one counts as that one.
 */
export function monthWindow(
  asked: Temporal.PlainDate,
  { today, lastDate }: { today: Temporal.PlainDate; lastDate: Temporal.PlainDate },
): MonthWindow {
  const capped = isEarlier(lastDate, asked) ? lastDate : asked;
  const month = (isEarlier(capped, today) ? today : capped).with({ day: 1 });
  const next = month.add({ months: 1 });
  const first = mondayOf(isEarlier(month, today) ? today : month);
  const days = first.until(mondayOf(next.subtract({ days: 1 })), { largestUnit: "days" }).days + DAYS_A_WEEK;
  return {
    month,
    weeks: Array.from({ length: days / DAYS_A_WEEK }, (_, week) =>
      Array.from({ length: DAYS_A_WEEK }, (_, day) => first.add({ days: week * DAYS_A_WEEK + day })),
    ),
    previous: isEarlier(today, month) ? month.subtract({ months: 1 }) : undefined,
    next: isEarlier(lastDate, next) ? undefined : next,
  };
}

/** What the list looks through at once. */
const LIST_DAYS = 42;

/** The dates among which the list looks for free times, both included. */
export type ListWindow = { from: Temporal.PlainDate; to: Temporal.PlainDate };

/** Six weeks from a date on, or until the last date that can be booked. A date from outside counts as the nearest within. */
export function listWindow(
  asked: Temporal.PlainDate,
  { today, lastDate }: { today: Temporal.PlainDate; lastDate: Temporal.PlainDate },
): ListWindow {
  const capped = isEarlier(lastDate, asked) ? lastDate : asked;
  const from = isEarlier(capped, today) ? today : capped;
  const end = from.add({ days: LIST_DAYS - 1 });
  return { from, to: isEarlier(lastDate, end) ? lastDate : end };
}

/** `a < b` */
export const isEarlier = (a: Temporal.PlainDate, b: Temporal.PlainDate): boolean =>
  Temporal.PlainDate.compare(a, b) < 0;

const mondayOf = (date: Temporal.PlainDate): Temporal.PlainDate =>
  date.subtract({ days: date.dayOfWeek - 1 });

/** The viewer's date on which the horizon's last day ends; the horizon is counted on the practitioner's calendar. */
export function lastBookableDate(
  horizonDays: number,
  practitionerTimeZone: string,
  viewerTimeZone: string,
  now: Temporal.Instant,
): Temporal.PlainDate {
  const after = dateIn(now, practitionerTimeZone).add({ days: horizonDays + 1 });
  return dateIn(startOfDay(after, practitionerTimeZone).subtract({ milliseconds: 1 }), viewerTimeZone);
}

/** Free times by the civil date on which they start for the viewer: "2026-11-24" → its times, in their order. */
export function groupByDate(slots: readonly FreeSlot[], timeZone: string): Map<string, FreeSlot[]> {
  const days = new Map<string, FreeSlot[]>();
  for (const slot of slots) {
    const date = dateIn(slot.startAt, timeZone).toString();
    const day = days.get(date);
    if (day) day.push(slot);
    else days.set(date, [slot]);
  }
  return days;
}

/** The part of the viewer's day by the hour on the clock: night to 6, morning to 12, afternoon to 17, then evening. */
export function partOfDay(instant: Temporal.Instant, timeZone: string): PartOfDay {
  const { hour } = instant.toZonedDateTimeISO(timeZone);
  if (hour < 6) return "night";
  if (hour < 12) return "morning";
  return hour < 17 ? "afternoon" : "evening";
}

/** One day's free times by part of the day; parts without any are left out. */
export function groupByPartOfDay(
  slots: readonly FreeSlot[],
  timeZone: string,
): { part: PartOfDay; slots: FreeSlot[] }[] {
  const groups: { part: PartOfDay; slots: FreeSlot[] }[] = [];
  for (const slot of slots) {
    const part = partOfDay(slot.startAt, timeZone);
    const open = groups.at(-1);
    if (open?.part === part) open.slots.push(slot);
    else groups.push({ part, slots: [slot] });
  }
  return groups;
}

/**
 * The starts whose time of day comes twice among these, on the night when the clocks go back: without the offset nobody could tell
 * them apart.
 */
export function repeatedClockTimes(slots: readonly FreeSlot[], timeZone: string): Set<FreeSlot> {
  const byClock = new Map<string, FreeSlot[]>();
  for (const slot of slots) {
    const clock = slot.startAt.toZonedDateTimeISO(timeZone).toPlainDateTime().toString();
    byClock.set(clock, [...(byClock.get(clock) ?? []), slot]);
  }
  return new Set([...byClock.values()].filter((same) => same.length > 1).flat());
}

/** Today, tomorrow or later on the viewer's calendar; what has passed counts as today. */
export function dayDistance(
  startAt: Temporal.Instant,
  now: Temporal.Instant,
  timeZone: string,
): "today" | "tomorrow" | "later" {
  const { days } = dateIn(now, timeZone).until(dateIn(startAt, timeZone), { largestUnit: "days" });
  if (days <= 0) return "today";
  return days === 1 ? "tomorrow" : "later";
}
