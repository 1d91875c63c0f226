import "server-only";
import { cache } from "react";
import type { Temporal } from "temporal-polyfill";
import { findFreeSlots, findNextFree } from "@/lib/availability/data";
import { systemNow } from "@/lib/core/clock";
import { db } from "@/lib/db/client";
import { findPractitioner, listVisitTypes } from "@/lib/directory/data";
import type { PractitionerDto, VisitTypeDto } from "@/lib/directory/types";
import { loadViewer } from "@/lib/i18n/viewer";
import type { Viewer } from "@/lib/time/format";
import { dateIn, parseDate, startOfDay } from "@/lib/time/zones";
import { describeLanguages } from "../format/directory";
import { timesPath } from "../format/paths";
import { describeCalendar, describeZone } from "../format/times";
import { calendarWindow, lastBookableDate } from "../rules/calendar";
import type { CalendarDto, PractitionerTimesDto } from "../types/times";

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
