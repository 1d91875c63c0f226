import "server-only";
import type { Temporal } from "temporal-polyfill";
import { findFreeSlots } from "@/lib/availability/data/slots";
import { db } from "@/lib/db/client";
import type { PractitionerDto, VisitTypeDto } from "@/lib/directory/types";
import { describeMoment, formatTime, type Viewer } from "@/lib/time/format";
import { compareInstants, isBefore, parseInstant } from "@/lib/time/instant";
import { withQuery } from "../format/staff";
import { readWallTime } from "../rules/wall-time";
import type { StaffStepDto, SuggestionDto } from "../types/staff";
import { loadCalendar } from "./calendar";

/** What the address of a page says on which staff choose a time, as it came. */
export type StaffQuery = {
  practitioner?: string | undefined;
  visit?: string | undefined;
  /** The id of a visit that is followed. */
  follows?: string | undefined;
  /** ISO dates, as on every calendar. */
  day?: string | undefined;
  from?: string | undefined;
  /** A chosen free time, RFC 3339. */
  start?: string | undefined;
  /** Any other time, on the viewer's clock: an ISO date and "HH:MM". */
  date?: string | undefined;
  time?: string | undefined;
};

type Asked = {
  practitioner: PractitionerDto;
  visitType: VisitTypeDto;
  path: string;
  /** What of the query has to stay, whatever day is opened. */
  keep: Readonly<Record<string, string>>;
  exceptAppointmentId?: string | undefined;
};

/** A month of times to choose from, or the chosen one: neither notice nor horizon bind staff. */
export async function loadStaffStep(
  { practitioner, visitType, path, keep, exceptAppointmentId }: Asked,
  query: StaffQuery,
  viewer: Viewer,
  now: Temporal.Instant,
): Promise<StaffStepDto> {
  const named = query.date !== undefined || query.time !== undefined;
  const startAt = named
    ? readWallTime(query.date, query.time, viewer.timeZone)
    : parseInstant(query.start)?.round("minute");
  if (startAt && isBefore(now, startAt)) {
    const endAt = startAt.add({ minutes: visitType.durationMinutes });
    const free = await findFreeSlots(db(), {
      practitionerIds: [practitioner.id],
      visitTypeId: visitType.id,
      from: startAt,
      to: startAt.add({ milliseconds: 1 }),
      now,
      forStaff: true,
      exceptAppointmentId,
    });
    return {
      kind: "confirm",
      starts: describeMoment(startAt, viewer, now),
      endTime: formatTime(endAt, viewer),
      backHref: withQuery(path, { ...keep, day: query.day, from: query.from }),
      isFree: (free.get(practitioner.id) ?? []).length > 0,
    };
  }
  const { day, from } = query;
  const link = (shown: { day?: string; from?: string }) => withQuery(path, { ...keep, ...shown });
  const calendar = await loadCalendar(
    { practitioner, visitType, day, from, link, forStaff: true, exceptAppointmentId },
    viewer,
    now,
  );
  return {
    kind: "choose",
    calendar,
    startHref: `${withQuery(path, { ...keep, start: "-" }).slice(0, -1)}`,
    hidden: Object.entries(keep).map(([name, value]) => ({ name, value })),
    date: query.date ?? calendar.chosen?.date ?? "",
    time: query.time ?? "",
    isWrong: named || query.start !== undefined,
  };
}

const WITHIN_HOURS = 7 * 24;
const OWN = 4;
const OTHERS = 4;

/**
 * The free times nearest to a visit that has to move: with its practitioner, and with others who offer the same, those first whose
 * time is nearest too.
 */
export async function loadSuggestions(
  {
    visit,
    practitioners,
    path,
  }: {
    visit: { appointmentId: string; practitionerId: string; visitTypeId: string; startAt: Temporal.Instant };
    practitioners: readonly PractitionerDto[];
    path: string;
  },
  viewer: Viewer,
  now: Temporal.Instant,
): Promise<SuggestionDto[]> {
  const { practitionerId, visitTypeId, startAt, appointmentId } = visit;
  const free = await findFreeSlots(db(), {
    practitionerIds: practitioners.map(({ id }) => id),
    visitTypeId,
    from: startAt.subtract({ hours: WITHIN_HOURS }),
    to: startAt.add({ hours: WITHIN_HOURS }),
    now,
    forStaff: true,
    exceptAppointmentId: appointmentId,
  });
  const distance = (at: Temporal.Instant) => Math.abs(at.epochMilliseconds - startAt.epochMilliseconds);
  const found = practitioners.flatMap((practitioner) =>
    (free.get(practitioner.id) ?? [])
      .filter(({ startAt: at }) => practitioner.id !== practitionerId || !at.equals(startAt))
      .map(({ startAt: at }) => ({ practitioner, at }))
      .toSorted((a, b) => distance(a.at) - distance(b.at))
      .slice(0, practitioner.id === practitionerId ? OWN : 1),
  );
  const isOwn = ({ practitioner }: { practitioner: PractitionerDto }) => practitioner.id === practitionerId;
  const others = found
    .filter((one) => !isOwn(one))
    .toSorted((a, b) => distance(a.at) - distance(b.at))
    .slice(0, OTHERS);
  return [...found.filter(isOwn).toSorted((a, b) => compareInstants(a.at, b.at)), ...others].map(
    ({ practitioner, at }) => ({
      practitionerName: practitioner.displayName,
      isOther: practitioner.id !== practitionerId,
      starts: describeMoment(at, viewer, now),
      href: withQuery(path, { practitioner: practitioner.id, start: at.toString() }),
    }),
  );
}
