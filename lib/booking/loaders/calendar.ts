import "server-only";
import type { Temporal } from "temporal-polyfill";
import { findFreeSlots, findNextFree } from "@/lib/availability/data";
import { db } from "@/lib/db/client";
import type { PractitionerDto, VisitTypeDto } from "@/lib/directory/types";
import type { Viewer } from "@/lib/time/format";
import { dateIn, parseDate, startOfDay } from "@/lib/time/zones";
import { type CalendarLink, describeCalendar } from "../format/times";
import { lastBookableDate, monthWindow } from "../rules/calendar";
import type { CalendarDto } from "../types/times";

type Asked = {
  practitioner: PractitionerDto;
  visitType: VisitTypeDto;
  /** ISO date of the day to open, as the address has it. */
  day: string | undefined;
  /** ISO date in the month to show; without both, the month of the first free time. */
  from: string | undefined;
  /** The page that shows the calendar: patients choose a time there, or move a visit, or staff book. */
  link: CalendarLink;
};

/** A month of a practitioner's free times on the viewer's clock, for every page on which somebody chooses one. */
export async function loadCalendar(
  { practitioner, visitType, link, ...asked }: Asked,
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
  const window = monthWindow(
    parseDate(asked.from) ?? day ?? (firstFree ? dateIn(firstFree.startAt, timeZone) : today),
    { today, lastDate },
  );
  const dates = window.weeks.flat();
  const [first, last] = [dates[0] ?? today, dates.at(-1) ?? today];
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
      link,
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
