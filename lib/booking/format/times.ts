import type { Temporal } from "temporal-polyfill";
import type { FreeSlot } from "@/lib/availability/types";
import {
  describeMoment,
  formatDate,
  formatDayNumber,
  formatMonth,
  formatOffset,
  formatTime,
  formatWeekday,
  sameClock,
  type Viewer,
  zonePlace,
} from "@/lib/time/format";
import { dateIn, startOfDay } from "@/lib/time/zones";
import {
  groupByDate,
  groupByPartOfDay,
  isEarlier,
  type MonthWindow,
  repeatedClockTimes,
} from "../rules/calendar";
import type { CalendarDto, DayDto, EmptyDay, FreeTimeDto, OpenDayDto, ZoneDto } from "../types/times";
import { OPEN_DAY_ID } from "./open-day";
import { bookingPath, type Offer } from "./paths";

export const describeZone = (
  viewer: Viewer & { timeZoneSource: ZoneDto["source"] },
  now: Temporal.Instant,
): ZoneDto => ({
  timeZone: viewer.timeZone,
  place: zonePlace(viewer),
  offset: formatOffset(now, viewer),
  source: viewer.timeZoneSource,
});

/** Free times of one day as buttons. */
export function describeTimes(slots: readonly FreeSlot[], offer: Offer, viewer: Viewer): FreeTimeDto[] {
  const repeated = repeatedClockTimes(slots, viewer.timeZone);
  return slots.map((slot) => ({
    iso: slot.startAt.toString(),
    time: formatTime(slot.startAt, viewer),
    offset: repeated.has(slot) ? formatOffset(slot.startAt, viewer) : null,
    href: bookingPath(offer, slot.startAt),
  }));
}

/** The address of a page with times where another day or month is opened (ISO dates). */
export type CalendarLink = (query: { day?: string; from?: string }) => string;

type CalendarInput = Offer & {
  link: CalendarLink;
  window: MonthWindow;
  /** Every free time within the window. */
  slots: readonly FreeSlot[];
  /** The first free time of all. */
  firstFree: FreeSlot | undefined;
  /** ISO date that was asked for; without one the first day with a free time is opened. */
  day: string | undefined;
  today: Temporal.PlainDate;
  lastDate: Temporal.PlainDate;
  practitionerTimeZone: string;
};

/** A month of one practitioner's free times, with one day opened. */
export function describeCalendar(input: CalendarInput, viewer: Viewer, now: Temporal.Instant): CalendarDto {
  const { window, slots, firstFree, practitionerTimeZone } = input;
  const { timeZone } = viewer;
  const byDate = groupByDate(slots, timeZone);
  const isShown = window.weeks.flat().some((date) => date.toString() === input.day);
  const chosenDate = isShown ? input.day : byDate.keys().next().value;
  // Days of other months stay where they are seen, instead of opening their own month.
  const from = window.month.toString();
  const link: CalendarLink = (query) => `${input.link(query)}#${OPEN_DAY_ID}`;
  const startOf = (date: Temporal.PlainDate) => startOfDay(date, timeZone);

  const weeks = window.weeks.map((week) =>
    week.map((plainDate): DayDto => {
      const date = plainDate.toString();
      const start = startOf(plainDate);
      const freeTimes = byDate.get(date)?.length ?? 0;
      const isOtherMonth = plainDate.month !== window.month.month;
      return {
        date,
        name: formatDate(start, viewer, now),
        dayNumber: formatDayNumber(start, viewer),
        freeTimes,
        empty: freeTimes === 0 ? emptyDay(plainDate, input) : null,
        isChosen: date === chosenDate,
        isOtherMonth,
        href: link(isOtherMonth ? { day: date, from } : { day: date }),
      };
    }),
  );
  const chosen = weeks.flat().find(({ isChosen }) => isChosen);
  const open = (chosen && byDate.get(chosen.date)) ?? [];
  const example = open[0] ?? slots[0];
  const differs = example && !sameClock(example.startAt, timeZone, practitionerTimeZone);
  return {
    title: formatMonth(startOf(window.month), viewer),
    previousHref: window.previous ? input.link({ from: window.previous.toString() }) : null,
    nextHref: window.next ? input.link({ from: window.next.toString() }) : null,
    weekdays: (window.weeks[0] ?? []).map((date) => ({
      short: formatWeekday(startOf(date), viewer),
      long: formatWeekday(startOf(date), viewer, "long"),
    })),
    weeks,
    chosen: chosen ? describeOpenDay(chosen, open, input, viewer) : null,
    clocks: differs
      ? {
          here: describeMoment(example.startAt, viewer, now),
          there: describeMoment(example.startAt, { ...viewer, timeZone: practitionerTimeZone }, now),
        }
      : null,
    firstFree: firstFree
      ? {
          date: formatDate(firstFree.startAt, viewer, now),
          time: formatTime(firstFree.startAt, viewer),
          href: link({ day: dateIn(firstFree.startAt, timeZone).toString() }),
        }
      : null,
  };
}

const describeOpenDay = (
  { date, name }: { date: string; name: string },
  slots: readonly FreeSlot[],
  offer: Offer,
  viewer: Viewer,
): OpenDayDto => ({
  date,
  name,
  freeTimes: slots.length,
  parts: groupByPartOfDay(slots, viewer.timeZone).map(({ part, slots: some }) => ({
    part,
    times: describeTimes(some, offer, viewer),
  })),
});

function emptyDay(
  date: Temporal.PlainDate,
  { today, lastDate }: Pick<CalendarInput, "today" | "lastDate">,
): EmptyDay {
  if (isEarlier(date, today)) return "past";
  return isEarlier(lastDate, date) ? "beyond" : "none";
}
