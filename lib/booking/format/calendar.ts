import type { Temporal } from "temporal-polyfill";
import { formatDate, formatDayNumber, formatMonth, formatWeekday, type Viewer } from "@/lib/time/format";
import { isBefore } from "@/lib/time/instant";
import { dateIn, startOfDay } from "@/lib/time/zones";
import { groupByDate, groupByPartOfDay, isEarlier, type MonthWindow } from "../rules/calendar";
import type { CalendarDto, DayDto, EmptyDay } from "../types/times";
import { dayHref, describeCommon, describeOpenDay, describeRange, type TimesInput } from "./times";

type CalendarInput = TimesInput & {
  window: MonthWindow;
  /** What the practitioner's schedule has within the window, whether booked or too near; in order. */
  planned: readonly Temporal.Instant[];
  /** From when on a visit of this type can be booked. */
  earliest: Temporal.Instant;
};

/** A month of one practitioner's free times, with one day opened: the one asked for, else the first that has a free time. */
export function describeCalendar(input: CalendarInput, viewer: Viewer, now: Temporal.Instant): CalendarDto {
  const { window, slots, link } = input;
  const { timeZone } = viewer;
  const dates = window.weeks.flat();
  const byDate = groupByDate(slots, timeZone);
  const lastPlanned = new Map(input.planned.map((start) => [dateIn(start, timeZone).toString(), start]));
  const isOwn = (date: Temporal.PlainDate) => date.month === window.month.month;
  const isFree = (date: Temporal.PlainDate) => byDate.has(date.toString());
  const open =
    dates.find((date) => date.toString() === input.day) ??
    dates.find((date) => isOwn(date) && isFree(date)) ??
    dates.find(isFree);
  const startOf = (date: Temporal.PlainDate) => startOfDay(date, timeZone);

  const describeDay = (date: Temporal.PlainDate): DayDto => {
    const day = date.toString();
    const free = byDate.get(day) ?? [];
    return {
      date: day,
      ...describeRange(date, date, timeZone),
      name: formatDate(startOf(date), viewer, now),
      dayNumber: formatDayNumber(startOf(date), viewer),
      sizes: groupByPartOfDay(free, timeZone).map((part) => part.slots.length),
      freeTimes: free.length,
      empty: free.length === 0 ? emptyDay(date, lastPlanned.get(day), input) : null,
      isChosen: open?.equals(date) ?? false,
      isOtherMonth: !isOwn(date),
      // Days of other months open where they are seen, instead of turning the page.
      href: dayHref(input, isOwn(date) ? { day } : { day, from: window.month.toString() }),
    };
  };
  const [first, last] = [dates[0] ?? input.today, dates.at(-1) ?? input.today];
  const chosen = open ? describeOpenDay(open, byDate.get(open.toString()) ?? [], viewer, now) : null;
  const example = (open && byDate.get(open.toString())?.[0]) ?? slots[0];
  return {
    ...describeCommon(input, describeRange(first, last, timeZone), example, viewer, now),
    title: formatMonth(startOf(window.month), viewer),
    previousHref: window.previous ? link({ from: window.previous.toString() }) : null,
    nextHref: window.next ? link({ from: window.next.toString() }) : null,
    weekdays: (window.weeks[0] ?? []).map((date) => ({
      short: formatWeekday(startOf(date), viewer),
      long: formatWeekday(startOf(date), viewer, "long"),
    })),
    weeks: window.weeks.map((week) => week.map(describeDay)),
    chosen,
  };
}

/** @param last the last start that the schedule has on that day, from now on */
function emptyDay(
  date: Temporal.PlainDate,
  last: Temporal.Instant | undefined,
  { today, lastDate, earliest }: Pick<CalendarInput, "today" | "lastDate" | "earliest">,
): EmptyDay {
  if (isEarlier(date, today)) return "past";
  if (isEarlier(lastDate, date)) return "beyond";
  if (!last) return date.equals(today) ? "over" : "closed";
  return isBefore(last, earliest) ? "too_soon" : "full";
}
