import "server-only";
import type { Temporal } from "temporal-polyfill";
import { findPlannedStarts } from "@/lib/availability/data/planned-starts";
import { findFreeSlots, findNextFree } from "@/lib/availability/data/slots";
import { db } from "@/lib/db/client";
import type { PractitionerDto, VisitTypeDto } from "@/lib/directory/types";
import type { Viewer } from "@/lib/time/format";
import { dateIn, parseDate, startOfDay } from "@/lib/time/zones";
import { findHold } from "../data/holds";
import { describeCalendar } from "../format/calendar";
import { DAYS_AT_ONCE, describeDayList } from "../format/day-list";
import type { CalendarLink, TimesInput } from "../format/times";
import { lastBookableDate, listWindow, monthWindow } from "../rules/calendar";
import type { CalendarDto, DayListDto } from "../types/times";

type Asked = {
  practitioner: PractitionerDto;
  visitType: VisitTypeDto;
  /** ISO date of the day to open, as the address has it. */
  day: string | undefined;
  /** ISO date in the month to show, or with which the list begins; without both, where the first free time is. */
  from: string | undefined;
  /** The page that shows the times: patients choose one there, or move a visit, or staff book. */
  link: CalendarLink;
  /** SHA-256 of the visitor whose own hold is no obstacle. */
  exceptHolder?: Uint8Array | undefined;
  /** The visit that is being moved, which is no obstacle either. */
  exceptAppointmentId?: string | undefined;
  /** Without notice and horizon. */
  forStaff?: boolean | undefined;
};

/** How far ahead staff look, for whom there is no horizon. */
const STAFF_DAYS = 366;
const MOST_DAYS = 42;

/** A month of a practitioner's free times on the viewer's clock, for every page on which somebody chooses one. */
export async function loadCalendar(
  asked: Asked,
  viewer: Viewer,
  now: Temporal.Instant,
): Promise<CalendarDto> {
  const bounds = await loadBounds(asked, viewer, now);
  const { day, from, today, firstFree } = bounds;
  const first = firstFree ? dateIn(firstFree.startAt, viewer.timeZone) : today;
  const window = monthWindow(from ?? day ?? first, bounds);
  const dates = window.weeks.flat();
  const [start, end] = [dates[0] ?? today, dates.at(-1) ?? today];
  const input = await loadTimes(asked, bounds, [start, end], viewer, now);
  const planned = await findPlannedStarts(db(), {
    practitionerId: asked.practitioner.id,
    visitTypeId: asked.visitType.id,
    from: startOfDay(start, viewer.timeZone),
    to: startOfDay(end.add({ days: 1 }), viewer.timeZone),
    now,
  });
  const earliest = asked.forStaff ? now : now.add({ minutes: asked.visitType.minNoticeMinutes });
  return describeCalendar({ ...input, window, planned, earliest }, viewer, now);
}

/**
 * The next days with free times.
 *
 * @param days how many days to show, as the address has it
 */
export async function loadDayList(
  { days, ...asked }: Asked & { days: string | undefined },
  viewer: Viewer,
  now: Temporal.Instant,
): Promise<DayListDto> {
  const bounds = await loadBounds(asked, viewer, now);
  const window = listWindow(bounds.from ?? bounds.today, bounds);
  const input = await loadTimes(asked, bounds, [window.from, window.to], viewer, now);
  const count = days && /^\d{1,2}$/.test(days) ? Number(days) : DAYS_AT_ONCE;
  const shown = Math.min(Math.max(count, DAYS_AT_ONCE), MOST_DAYS);
  return describeDayList({ ...input, window, count: shown }, viewer, now);
}

type Bounds = Awaited<ReturnType<typeof loadBounds>>;

/** What the address asks for, and between which dates there can be times at all. */
async function loadBounds(asked: Asked, { timeZone }: Viewer, now: Temporal.Instant) {
  const { practitioner, visitType, exceptHolder, exceptAppointmentId, forStaff } = asked;
  const today = dateIn(now, timeZone);
  const next = await findNextFree(db(), {
    practitionerIds: [practitioner.id],
    visitTypeId: visitType.id,
    now,
    exceptHolder,
    exceptAppointmentId,
    forStaff,
  });
  const hold = exceptHolder && (await findHold(db(), exceptHolder, now));
  return {
    day: parseDate(asked.day),
    from: parseDate(asked.from),
    today,
    lastDate: forStaff
      ? today.add({ days: STAFF_DAYS })
      : lastBookableDate(visitType.horizonDays, practitioner.timeZone, timeZone, now),
    firstFree: next.get(practitioner.id),
    isHolder: hold !== undefined,
    held: hold?.practitionerId === practitioner.id && hold.visitTypeId === visitType.id ? hold : undefined,
  };
}

/** The free times of some dates, both included, and what goes with them. */
async function loadTimes(
  { practitioner, visitType, link, exceptHolder, exceptAppointmentId, forStaff }: Asked,
  { day, today, lastDate, firstFree, held, isHolder }: Bounds,
  [first, last]: [Temporal.PlainDate, Temporal.PlainDate],
  { timeZone }: Viewer,
  now: Temporal.Instant,
): Promise<TimesInput> {
  const free = await findFreeSlots(db(), {
    practitionerIds: [practitioner.id],
    visitTypeId: visitType.id,
    from: startOfDay(first, timeZone),
    to: startOfDay(last.add({ days: 1 }), timeZone),
    now,
    exceptHolder,
    exceptAppointmentId,
    forStaff,
  });
  return {
    practitionerId: practitioner.id,
    visitTypeId: visitType.id,
    link,
    slots: free.get(practitioner.id) ?? [],
    firstFree,
    day: day?.toString(),
    today,
    lastDate,
    practitionerTimeZone: practitioner.timeZone,
    held,
    isLive: exceptAppointmentId === undefined && !forStaff,
    isHolder,
  };
}
