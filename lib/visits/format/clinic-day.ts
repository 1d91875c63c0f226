import type { Temporal } from "temporal-polyfill";
import { hasOwnHours, workingTimeWithin } from "@/lib/availability/rules/day-hours";
import type { Interval } from "@/lib/availability/rules/seats";
import type { ScheduleState } from "@/lib/availability/rules/stranded";
import { localized } from "@/lib/i18n/localized";
import { formatDate, formatTime, type Viewer, zonePlace } from "@/lib/time/format";
import { toInstant } from "@/lib/time/instant";
import { dateIn, startOfDay } from "@/lib/time/zones";
import type { TentativeClaim, VisitRow } from "../data/visits";
import { axisOf, inLanes } from "../rules/day-layout";
import type { AwayDto } from "../types/agenda";
import type { ClinicDayDto, DayClaimDto, DayColumnDto, SpanDto } from "../types/staff";
import { describeStaffItem } from "./staff";

const MINUTE = 60_000;

/** Half-open. */
type Period = { from: Temporal.Instant; to: Temporal.Instant };

/** What a day is made of. */
export type DayRows = {
  practitioners: readonly {
    id: string;
    displayName: string;
    active: boolean;
    specialty: { code: string; names: unknown };
  }[];
  visits: readonly VisitRow[];
  tentative: readonly TentativeClaim[];
  schedules: ReadonlyMap<string, ScheduleState>;
};

/** A day's part of some intervals, with its ends as said on the viewer's clock. */
function within(intervals: readonly Interval[], { from, to }: Period, viewer: Viewer) {
  const [first, last] = [from.epochMilliseconds, to.epochMilliseconds];
  return intervals.flatMap(({ start, end }) => {
    const part = { start: Math.max(start, first), end: Math.min(end, last) };
    if (part.start >= part.end) return [];
    const said = (at: number) => formatTime(from.add({ milliseconds: at - first }), viewer);
    return [
      {
        start: (part.start - first) / MINUTE,
        end: (part.end - first) / MINUTE,
        fromTime: said(part.start),
        toTime: said(part.end),
      },
    ];
  });
}

/** When a practitioner is away that day: time off and closures, in the order of the day. */
function awayWithin({ timesOff, closures }: ScheduleState, period: Period, viewer: Viewer) {
  const kinds = [
    ["time_off", timesOff],
    ["closure", closures],
  ] as const;
  return kinds
    .flatMap(([kind, intervals]) => within(intervals, period, viewer).map((span) => ({ kind, ...span })))
    .toSorted((a, b) => a.start - b.start);
}

/** The same for a list, in which only the times are said. */
export const describeAway = (schedule: ScheduleState, period: Period, viewer: Viewer): AwayDto[] =>
  awayWithin(schedule, period, viewer).map(({ kind, fromTime, toTime }) => ({ kind, fromTime, toTime }));

/** A day of the whole clinic. */
export function describeClinicDay(
  day: Temporal.PlainDate,
  rows: DayRows,
  viewer: Viewer,
  now: Temporal.Instant,
): ClinicDayDto {
  const { timeZone } = viewer;
  const from = startOfDay(day, timeZone);
  const to = startOfDay(day.add({ days: 1 }), timeZone);
  const minuteAt = (instant: Temporal.Instant) =>
    (instant.epochMilliseconds - from.epochMilliseconds) / MINUTE;
  const dayMinutes = minuteAt(to);
  const all = rows.practitioners.map((practitioner) =>
    describeColumn(practitioner, day, { from, to }, rows, viewer, now),
  );
  const columns = all.filter(
    ({ working, away, claims, cancelled }) =>
      working.length + away.length + claims.length + cancelled.length > 0,
  );
  const axis = axisOf(
    columns.flatMap(({ working, claims }): SpanDto[] => [...working, ...claims]),
    dayMinutes,
  );
  const today = dateIn(now, timeZone);
  const isToday = day.equals(today);
  const hours = Array.from(
    { length: Math.ceil((axis.end - axis.start) / 60) },
    (_, at) => axis.start + at * 60,
  );
  return {
    date: day.toString(),
    previous: day.subtract({ days: 1 }).toString(),
    next: day.add({ days: 1 }).toString(),
    isToday,
    title: formatDate(from, viewer, now),
    zone: zonePlace(viewer),
    axis: {
      ...axis,
      hours: hours.map((minute) => ({ minute, time: formatTime(from.add({ minutes: minute }), viewer) })),
    },
    nowMinute: isToday ? Math.floor(minuteAt(now)) : null,
    columns,
    absent: all
      .filter((column) => !columns.includes(column))
      .map(({ practitionerId, name, specialtyCode }) => ({ practitionerId, name, specialtyCode })),
  };
}

function describeColumn(
  { id, displayName, specialty }: DayRows["practitioners"][number],
  day: Temporal.PlainDate,
  period: Period,
  { visits, tentative, schedules }: DayRows,
  viewer: Viewer,
  now: Temporal.Instant,
): DayColumnDto {
  const schedule = schedules.get(id);
  const whole = { start: period.from.epochMilliseconds, end: period.to.epochMilliseconds };
  const own = visits.filter(({ practitionerId }) => practitionerId === id);
  const held = tentative.filter(({ practitionerId }) => practitionerId === id);
  const describe = (row: VisitRow) => describeStaffItem(row, { schedule }, viewer, now);
  return {
    practitionerId: id,
    name: displayName,
    specialtyCode: specialty.code,
    specialty: localized(specialty.names, viewer.locale),
    hasOwnHours: schedule !== undefined && hasOwnHours(schedule, day.toString()),
    working: schedule?.active ? within(workingTimeWithin(schedule, whole), period, viewer) : [],
    away: schedule ? awayWithin(schedule, period, viewer) : [],
    claims: inLanes([
      ...own
        .filter(({ status }) => status !== "cancelled")
        .map((row) => ({ ...spanOf(row, period), id: row.id, kind: "visit" as const, visit: describe(row) })),
      ...held.map((claim) => describeTentative(claim, period, viewer)),
    ]) as DayClaimDto[],
    cancelled: own.filter(({ status }) => status === "cancelled").map(describe),
  };
}

/** The end of a visit that goes on past midnight is the next day's. */
const spanOf = ({ startAt, endAt }: { startAt: Date; endAt: Date }, { from, to }: Period): SpanDto => ({
  start: (startAt.getTime() - from.epochMilliseconds) / MINUTE,
  end: (Math.min(endAt.getTime(), to.epochMilliseconds) - from.epochMilliseconds) / MINUTE,
});

const describeTentative = (claim: TentativeClaim, period: Period, viewer: Viewer) => ({
  ...spanOf(claim, period),
  id: claim.id,
  kind: claim.appointmentId === null ? ("hold" as const) : ("offer" as const),
  visitType: localized(claim.visitTypeNames, viewer.locale),
  fromTime: formatTime(toInstant(claim.startAt), viewer),
  toTime: formatTime(toInstant(claim.endAt), viewer),
});
