import "server-only";
import { cache } from "react";
import { Temporal } from "temporal-polyfill";
import { loadSession } from "@/lib/auth/loaders";
import { findFreeSlots, findNextFree } from "@/lib/availability/data";
import type { FreeSlot } from "@/lib/availability/types";
import { systemNow } from "@/lib/core/clock";
import { db } from "@/lib/db/client";
import { findPractitioner, findVisitType, listPractitioners, listVisitTypes } from "@/lib/directory/data";
import type { PractitionerDto, VisitTypeDto } from "@/lib/directory/types";
import { loadViewer } from "@/lib/i18n/viewer";
import { describeMoment, formatTime, type MomentDto, sameClock, type Viewer } from "@/lib/time/format";
import { compareInstants } from "@/lib/time/instant";
import { dateIn, parseDate, startOfDay } from "@/lib/time/zones";
import { findFirstTimes } from "./data";
import {
  bookingPath,
  describeCalendar,
  describeEntry,
  describeLanguages,
  describeZone,
  parseBookingStart,
  timesPath,
} from "./format";
import { calendarWindow, lastBookableDate } from "./rules/calendar";
import { applyFilter, directoryOptions } from "./rules/directory";
import type {
  BookingPageDto,
  CalendarDto,
  DirectoryDto,
  DirectoryFilter,
  PractitionerTimesDto,
} from "./types";

/**
 * The front page: the practitioners that a filter leaves, whoever is free first at the top. A value that no option has filters
 * nothing. The number of queries grows with the clinic's visit types, never with its practitioners.
 */
export async function loadDirectory(asked: DirectoryFilter): Promise<DirectoryDto> {
  const [viewer, now] = [await loadViewer(), systemNow()];
  const [everybody, visitTypes] = await Promise.all([listPractitioners(db()), listVisitTypes(db())]);
  const options = directoryOptions(everybody, visitTypes, viewer.locale);
  const { filter, found } = applyFilter(everybody, asked, options);

  const first = await findFirstTimes(db(), {
    practitionerIds: found.map(({ id }) => id),
    visitTypeId: filter.visitType,
    timeZone: viewer.timeZone,
    now,
  });
  const startOf = (practitioner: PractitionerDto) =>
    first.get(practitioner.id)?.slots[0]?.startAt.epochMilliseconds ?? Number.POSITIVE_INFINITY;
  const entries = found
    .toSorted((a, b) => (startOf(a) < startOf(b) ? -1 : Number(startOf(a) > startOf(b))))
    .map((practitioner) => {
      const { visitTypeId = filter.visitType, slots = [] } = first.get(practitioner.id) ?? {};
      const visitType = visitTypes.find(({ id }) => id === visitTypeId);
      return describeEntry(practitioner, { visitType, slots }, viewer, now);
    });
  return { entries, options, filter, zone: describeZone(viewer, now) };
}

/**
 * A practitioner's page with two weeks of free times. Kept for the request, since title and page both ask.
 *
 * @param day ISO date of the day to open
 * @param from ISO date in the window to show; without both, the window of the first free time
 */
export const loadPractitionerTimes = cache(
  async (
    practitionerId: string,
    asked: string | undefined,
    day: string | undefined,
    from: string | undefined,
  ): Promise<PractitionerTimesDto | undefined> => {
    const [viewer, now] = [await loadViewer(), systemNow()];
    const [practitioner, all] = await Promise.all([
      findPractitioner(db(), practitionerId),
      listVisitTypes(db()),
    ]);
    if (!practitioner) return undefined;
    const offered = all.filter(({ id }) => practitioner.visitTypeIds.includes(id));
    const chosen = offered.find(({ id }) => id === asked) ?? offered[0];
    return {
      practitionerId,
      name: practitioner.displayName,
      specialty: practitioner.specialty.names[viewer.locale],
      languages: describeLanguages(practitioner.languages, viewer.locale),
      introduction: practitioner.introductions?.[viewer.locale] ?? "",
      visitTypes: offered.map((type) => ({
        visitTypeId: type.id,
        name: type.names[viewer.locale],
        durationMinutes: type.durationMinutes,
        href: timesPath(practitionerId, { visitTypeId: type.id }),
        isChosen: type === chosen,
      })),
      calendar: chosen ? await loadCalendar(practitioner, chosen, { day, from }, viewer, now) : null,
      zone: describeZone(viewer, now),
    };
  },
);

async function loadCalendar(
  practitioner: PractitionerDto,
  visitType: VisitTypeDto,
  asked: { day: string | undefined; from: string | undefined },
  viewer: Viewer,
  now: Temporal.Instant,
): Promise<CalendarDto> {
  const offer = { practitionerId: practitioner.id, visitTypeId: visitType.id };
  const practitionerIds = [practitioner.id];
  const firstFree = (await findNextFree(db(), { practitionerIds, ...offer, now })).get(practitioner.id);
  const { timeZone } = viewer;
  const today = dateIn(now, timeZone);
  const lastDate = lastBookableDate(visitType.horizonDays, practitioner.timeZone, timeZone, now);
  const day = parseDate(asked.day);
  const window = calendarWindow(
    day ?? parseDate(asked.from) ?? (firstFree ? dateIn(firstFree.startAt, timeZone) : today),
    { today, lastDate },
  );
  const [first, last] = [window.dates[0] ?? today, window.dates.at(-1) ?? today];
  const free = await findFreeSlots(db(), {
    practitionerIds,
    visitTypeId: visitType.id,
    from: startOfDay(first, timeZone),
    to: startOfDay(last.add({ days: 1 }), timeZone),
    now,
  });
  return describeCalendar(
    {
      ...offer,
      window,
      slots: free.get(practitioner.id) ?? [],
      firstFree,
      day: day?.toString(),
      today,
      lastDate,
      practitionerTimeZone: practitioner.timeZone,
    },
    viewer,
    now,
  );
}

/**
 * The page on which one time is booked, or the nearest times where that one is not free.
 *
 * @param start the last part of a booking path
 * @returns `undefined` for an address that no page of ours has ever led to
 */
export const loadBookingPage = cache(
  async (practitionerId: string, visitTypeId: string, start: string): Promise<BookingPageDto | undefined> => {
    const startAt = parseBookingStart(start);
    if (!startAt) return undefined;
    const [viewer, session, practitioner, visitType] = await Promise.all([
      loadViewer(),
      loadSession(),
      findPractitioner(db(), practitionerId),
      findVisitType(db(), visitTypeId),
    ]);
    if (!practitioner || !visitType || !practitioner.visitTypeIds.includes(visitTypeId)) return undefined;
    const now = systemNow();
    const offer = { practitionerId, visitTypeId };
    const isFree = await isStillFree({ ...offer, startAt }, now);
    const nearest = isFree ? null : await loadNearestTimes({ ...offer, startAt }, now);
    const { timeZone } = practitioner;
    return {
      ...offer,
      practitionerName: practitioner.displayName,
      specialty: practitioner.specialty.names[viewer.locale],
      visitType: visitType.names[viewer.locale],
      durationMinutes: visitType.durationMinutes,
      starts: describeMoment(startAt, viewer, now),
      endTime: formatTime(startAt.add({ minutes: visitType.durationMinutes }), viewer),
      practitionerStarts: sameClock(startAt, viewer.timeZone, timeZone)
        ? null
        : describeMoment(startAt, { ...viewer, timeZone }, now),
      accountName: session?.actor.patientId ? session.user.name : null,
      instead:
        nearest?.map((moment) => ({
          moment,
          href: bookingPath(offer, Temporal.Instant.from(moment.iso)),
        })) ?? null,
      timesHref: timesPath(practitionerId, { visitTypeId }),
      href: bookingPath(offer, startAt),
    };
  },
);

type Start = { practitionerId: string; visitTypeId: string; startAt: Temporal.Instant };

/** Whether exactly this start can be booked. The past is not looked up: an address may name a year that no database has. */
async function isStillFree({ practitionerId, visitTypeId, startAt }: Start, now: Temporal.Instant) {
  if (compareInstants(startAt, now) < 0) return false;
  const free = await findFreeSlots(db(), {
    practitionerIds: [practitionerId],
    visitTypeId,
    from: startAt,
    to: startAt.add({ milliseconds: 1 }),
    now,
  });
  return (free.get(practitionerId) ?? []).length > 0;
}

const WITHIN_DAYS = 7;
const AT_MOST = 4;

/** The free times nearest to one that was taken, earliest first, on the viewer's clock. */
export async function loadNearestTimes(
  { practitionerId, visitTypeId, startAt }: Start,
  now: Temporal.Instant,
): Promise<MomentDto[]> {
  const viewer = await loadViewer();
  // A time that has passed has its nearest ones from now on.
  const around = compareInstants(startAt, now) < 0 ? now : startAt;
  const free = await findFreeSlots(db(), {
    practitionerIds: [practitionerId],
    visitTypeId,
    from: around.subtract({ hours: WITHIN_DAYS * 24 }),
    to: around.add({ hours: WITHIN_DAYS * 24 }),
    now,
  });
  const distance = (slot: FreeSlot) => Math.abs(slot.startAt.epochMilliseconds - around.epochMilliseconds);
  return (free.get(practitionerId) ?? [])
    .toSorted((a, b) => distance(a) - distance(b))
    .slice(0, AT_MOST)
    .toSorted((a, b) => compareInstants(a.startAt, b.startAt))
    .map((slot) => describeMoment(slot.startAt, viewer, now));
}
