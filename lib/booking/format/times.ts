import type { Temporal } from "temporal-polyfill";
import type { FreeSlot } from "@/lib/availability/types";
import {
  describeMoment,
  formatDate,
  formatDateRange,
  formatDayNumber,
  formatOffset,
  formatTime,
  formatWeekday,
  sameClock,
  type Viewer,
  zonePlace,
} from "@/lib/time/format";
import { startOfDay } from "@/lib/time/zones";
import { type CalendarWindow, groupByDate, groupByPartOfDay, repeatedClockTimes } from "../rules/calendar";
import type { CalendarDto, DayDto, FreeTimeDto, ZoneDto } from "../types/times";
import { bookingPath, type Offer, timesPath } from "./paths";

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

type CalendarInput = Offer & {
  window: CalendarWindow;
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

/** Two weeks of one practitioner's free times, with one day opened. */
export function describeCalendar(input: CalendarInput, viewer: Viewer, now: Temporal.Instant): CalendarDto {
  const { window, slots, firstFree, practitionerId, visitTypeId, practitionerTimeZone } = input;
  const { timeZone } = viewer;
  const byDate = groupByDate(slots, timeZone);
  const isShown = window.dates.some((date) => date.toString() === input.day);
  const chosenDate = isShown ? input.day : byDate.keys().next().value;
  const link = (query: { day?: string; from?: string }) =>
    timesPath(practitionerId, { visitTypeId, ...query });
  const startOf = (date: Temporal.PlainDate) => startOfDay(date, timeZone);

  const days = window.dates.map((plainDate): DayDto => {
    const date = plainDate.toString();
    const start = startOf(plainDate);
    return {
      date,
      name: formatDate(start, viewer, now),
      weekday: formatWeekday(start, viewer),
      dayNumber: formatDayNumber(start, viewer),
      freeTimes: byDate.get(date)?.length ?? 0,
      isOutside: date < input.today.toString() || date > input.lastDate.toString(),
      isChosen: date === chosenDate,
      href: link({ day: date }),
    };
  });
  const chosen = days.find(({ isChosen }) => isChosen);
  const open = (chosen && byDate.get(chosen.date)) ?? [];
  const example = open[0] ?? slots[0];
  const differs = example && !sameClock(example.startAt, timeZone, practitionerTimeZone);
  const [firstDate, lastShown] = [window.dates[0], window.dates.at(-1)];
  return {
    title: firstDate && lastShown ? formatDateRange(startOf(firstDate), startOf(lastShown), viewer) : "",
    previousHref: window.previous ? link({ from: window.previous.toString() }) : null,
    nextHref: window.next ? link({ from: window.next.toString() }) : null,
    days,
    chosen: chosen
      ? {
          name: chosen.name,
          parts: groupByPartOfDay(open, timeZone).map(({ part, slots: some }) => ({
            part,
            times: describeTimes(some, input, viewer),
          })),
        }
      : null,
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
          href: link({ day: dateOf(firstFree, timeZone) }),
        }
      : null,
  };
}

const dateOf = (slot: FreeSlot, timeZone: string): string =>
  slot.startAt.toZonedDateTimeISO(timeZone).toPlainDate().toString();
