import type { Temporal } from "temporal-polyfill";
import type { FreeSlot } from "@/lib/availability/types";
import type { PractitionerDto, VisitTypeDto } from "@/lib/directory/types";
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
import { parseInstant } from "@/lib/time/instant";
import { startOfDay } from "@/lib/time/zones";
import {
  type CalendarWindow,
  dayDistance,
  groupByDate,
  groupByPartOfDay,
  repeatedClockTimes,
} from "./rules/calendar";
import type { CalendarDto, DayDto, DirectoryEntryDto, FreeTimeDto, ZoneDto } from "./types";

/** What is chosen on the way to a booking; no part of it says anything about the patient. */
type Offer = { practitionerId: string; visitTypeId: string };

/** Where a practitioner's times are, with a day or a window of days opened (ISO dates). */
export function timesPath(
  practitionerId: string,
  query: { visitTypeId?: string | undefined; day?: string; from?: string } = {},
): string {
  const search = new URLSearchParams();
  if (query.visitTypeId) search.set("visit", query.visitTypeId);
  if (query.day) search.set("day", query.day);
  if (query.from) search.set("from", query.from);
  return `/practitioners/${practitionerId}${search.size > 0 ? `?${search}` : ""}`;
}

/** Where one time is booked: the instant in ISO 8601's basic form, which needs no escapes (`20261124T0900Z`). */
export const bookingPath = ({ practitionerId, visitTypeId }: Offer, startAt: Temporal.Instant): string =>
  `/book/${practitionerId}/${visitTypeId}/${startAt.toString({ smallestUnit: "minute" }).replace(/[-:]/g, "")}`;

/** The instant of a {@link bookingPath}; `undefined` for anything else. */
export function parseBookingStart(text: string): Temporal.Instant | undefined {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)Z$/.exec(text);
  if (!parts) return undefined;
  const [, year, month, day, hour, minute] = parts;
  return parseInstant(`${year}-${month}-${day}T${hour}:${minute}:00Z`);
}

export const describeZone = (
  viewer: Viewer & { timeZoneSource: ZoneDto["source"] },
  now: Temporal.Instant,
): ZoneDto => ({
  timeZone: viewer.timeZone,
  place: zonePlace(viewer),
  offset: formatOffset(now, viewer),
  source: viewer.timeZoneSource,
});

/** "English, German": a practitioner's languages in the reader's, as one text that begins like a sentence. */
export function describeLanguages(codes: readonly string[], locale: string): string {
  const names = new Intl.DisplayNames(locale, { type: "language" });
  const text = codes.map((code) => names.of(code) ?? code).join(", ");
  return text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);
}

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

/**
 * A practitioner in the directory.
 *
 * @param next the first free times, all on one day of the viewer's; empty where there are none
 */
export function describeEntry(
  practitioner: PractitionerDto,
  next: { visitType: VisitTypeDto | undefined; slots: readonly FreeSlot[] },
  viewer: Viewer & { locale: keyof VisitTypeDto["names"] },
  now: Temporal.Instant,
): DirectoryEntryDto {
  const { visitType, slots } = next;
  const [first] = slots;
  const practitionerId = practitioner.id;
  return {
    practitionerId,
    name: practitioner.displayName,
    specialty: practitioner.specialty.names[viewer.locale],
    languages: describeLanguages(practitioner.languages, viewer.locale),
    href: timesPath(practitionerId, { visitTypeId: visitType?.id }),
    next:
      first && visitType
        ? {
            day: dayDistance(first.startAt, now, viewer.timeZone),
            date: formatDate(first.startAt, viewer, now),
            visitType: visitType.names[viewer.locale],
            durationMinutes: visitType.durationMinutes,
            times: describeTimes(slots, { practitionerId, visitTypeId: visitType.id }, viewer),
          }
        : null,
  };
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
