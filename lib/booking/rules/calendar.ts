import { Temporal } from "temporal-polyfill";
import type { FreeSlot } from "@/lib/availability/types";
import { dateIn, startOfDay } from "@/lib/time/zones";
import type { PartOfDay } from "../types/times";

/** What is shown at once: two whole weeks, so that weekdays stand below each other. */
export const WINDOW_DAYS = 14;

export type CalendarWindow = {
  /** Consecutive dates, the first a Monday. */
  dates: readonly Temporal.PlainDate[];
  /** A date in the window before and after, where those have a day that can be booked. */
  previous: Temporal.PlainDate | undefined;
  next: Temporal.PlainDate | undefined;
};

/**
 * The two weeks that hold a date. Windows are counted from the Monday of today's week, so that the same date is always in the same
 * window; a date before today or after the last bookable one counts as that one.
 */
export function calendarWindow(
  asked: Temporal.PlainDate,
  { today, lastDate }: { today: Temporal.PlainDate; lastDate: Temporal.PlainDate },
): CalendarWindow {
  const isBefore = (a: Temporal.PlainDate, b: Temporal.PlainDate) => Temporal.PlainDate.compare(a, b) < 0;
  const capped = isBefore(lastDate, asked) ? lastDate : asked;
  const date = isBefore(capped, today) ? today : capped;
  const monday = today.subtract({ days: today.dayOfWeek - 1 });
  const passed = Math.floor(monday.until(date, { largestUnit: "days" }).days / WINDOW_DAYS);
  const first = monday.add({ days: passed * WINDOW_DAYS });
  const after = first.add({ days: WINDOW_DAYS });
  return {
    dates: Array.from({ length: WINDOW_DAYS }, (_, days) => first.add({ days })),
    previous: passed > 0 ? first.subtract({ days: WINDOW_DAYS }) : undefined,
    next: isBefore(lastDate, after) ? undefined : after,
  };
}

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
