import type { Temporal } from "temporal-polyfill";
import type { FreeSlot } from "@/lib/availability/types";
import {
  describeMoment,
  formatDate,
  formatOffset,
  formatTime,
  sameClock,
  type Viewer,
  zonePlace,
} from "@/lib/time/format";
import { dateIn, startOfDay } from "@/lib/time/zones";
import { groupByPartOfDay, repeatedClockTimes } from "../rules/calendar";
import type { Held } from "../types/hold";
import type { FreeTimeDto, MinuteRange, OpenDayDto, TimesDto, ZoneDto } from "../types/times";
import { timesKey } from "./live-times";
import { OPEN_DAY_ID } from "./open-day";
import { bookingPath, type Offer, type TimesQuery } from "./paths";

export const describeZone = (
  viewer: Viewer & { timeZoneSource: ZoneDto["source"] },
  now: Temporal.Instant,
): ZoneDto => ({
  timeZone: viewer.timeZone,
  place: zonePlace(viewer),
  offset: formatOffset(now, viewer),
  source: viewer.timeZoneSource,
});

/** Minutes since 1970. Times for visits are whole ones. */
export const minuteOf = (instant: Temporal.Instant): number => Math.floor(instant.epochMilliseconds / 60_000);

/** Free times of one day as buttons. */
export function describeTimes(slots: readonly FreeSlot[], viewer: Viewer): FreeTimeDto[] {
  const repeated = repeatedClockTimes(slots, viewer.timeZone);
  return slots.map((slot) => ({
    iso: slot.startAt.toString(),
    minute: minuteOf(slot.startAt),
    time: formatTime(slot.startAt, viewer),
    offset: repeated.has(slot) ? formatOffset(slot.startAt, viewer) : null,
  }));
}

/** The address of a page with times where another day, month or view is opened. */
export type CalendarLink = (query: TimesQuery) => string;

/** What every view of a practitioner's times is made of. */
export type TimesInput = Offer & {
  link: CalendarLink;
  /** Every free time within the dates that are shown, in order. */
  slots: readonly FreeSlot[];
  /** The first free time of all. */
  firstFree: FreeSlot | undefined;
  /** ISO date that was asked for. */
  day: string | undefined;
  today: Temporal.PlainDate;
  lastDate: Temporal.PlainDate;
  practitionerTimeZone: string;
  /** The visitor's own hold on one of the times. */
  held: Held | undefined;
  /** Whether news of these times can be followed: not where what is free depends on a visit that is being moved, or on who asks. */
  isLive: boolean;
  isHolder: boolean;
};

/** The minutes of some consecutive days on the viewer's calendar. */
export const describeRange = (
  first: Temporal.PlainDate,
  last: Temporal.PlainDate,
  timeZone: string,
): MinuteRange => ({
  fromMinute: minuteOf(startOfDay(first, timeZone)),
  toMinute: minuteOf(startOfDay(last.add({ days: 1 }), timeZone)),
});

/** One day's times; `slots` are those of that day. */
export const describeOpenDay = (
  date: Temporal.PlainDate,
  slots: readonly FreeSlot[],
  viewer: Viewer,
  now: Temporal.Instant,
): OpenDayDto => ({
  date: date.toString(),
  name: formatDate(startOfDay(date, viewer.timeZone), viewer, now),
  freeTimes: slots.length,
  ...describeRange(date, date, viewer.timeZone),
  parts: groupByPartOfDay(slots, viewer.timeZone).map(({ part, slots: some }) => ({
    part,
    times: describeTimes(some, viewer),
  })),
});

/**
 * What pages with times have in common.
 *
 * @param shown the minutes that the page shows
 * @param example a time to show both clocks by
 */
export function describeCommon(
  input: TimesInput,
  shown: MinuteRange,
  example: FreeSlot | undefined,
  viewer: Viewer,
  now: Temporal.Instant,
): TimesDto {
  const { firstFree, held, practitionerTimeZone: timeZone, isHolder } = input;
  const { practitionerId, visitTypeId } = input;
  const differs = example && !sameClock(example.startAt, viewer.timeZone, timeZone);
  return {
    clocks: differs
      ? {
          here: describeMoment(example.startAt, viewer, now),
          there: describeMoment(example.startAt, { ...viewer, timeZone }, now),
        }
      : null,
    firstFree: firstFree
      ? {
          date: formatDate(firstFree.startAt, viewer, now),
          time: formatTime(firstFree.startAt, viewer),
          href: dayHref(input, { day: dateIn(firstFree.startAt, viewer.timeZone).toString() }),
        }
      : null,
    held: held
      ? {
          minute: minuteOf(held.startAt),
          date: formatDate(held.startAt, viewer, now),
          time: formatTime(held.startAt, viewer),
          untilTime: formatTime(held.expiresAt, viewer),
          href: bookingPath({ practitionerId, visitTypeId }, held.startAt),
        }
      : null,
    liveKey: input.isLive ? timesKey({ practitionerId, visitTypeId, ...shown, isHolder }) : null,
  };
}

/** Opens a day, and without JavaScript leads to its times at once. */
export const dayHref = ({ link }: { link: CalendarLink }, query: TimesQuery): string =>
  `${link(query)}#${OPEN_DAY_ID}`;
