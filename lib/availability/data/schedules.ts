import { Temporal } from "temporal-polyfill";
import { env } from "@/lib/core/env";
import { isId } from "@/lib/core/ids";
import type { Db } from "@/lib/db/client";
import { type PractitionerEntry, Prisma, type VisitType } from "@/lib/db/generated/client";
import { compareInstants, toDate, toInstant } from "@/lib/time/instant";
import { startOfDay } from "@/lib/time/zones";
import type { Interval } from "../rules/seats";
import type { ComputeSlotsInput } from "../rules/slots-input";
import type { Weekday } from "../types";

/** Half-open. */
export type Period = { from: Temporal.Instant; to: Temporal.Instant };

/** A visit type with the limits by which its times are computed. */
export type OfferedType = ComputeSlotsInput["visitType"] & { id: string };

/** What a practitioner's times are computed from, claims aside. */
export type Schedule = Pick<ComputeSlotsInput, "timeZone" | "rules" | "overrides"> & {
  id: string;
  entry: PractitionerEntry;
  visitTypes: OfferedType[];
  /** Time off, in epoch milliseconds. */
  timesOff: Interval[];
};

/** The schedules of some practitioners, and when the whole clinic is closed. */
export type Schedules = { practitioners: Schedule[]; closures: Interval[] };

/** Staff have no horizon; further ahead than this nobody books. */
const STAFF_HORIZON_DAYS = 3650;
/** Civil dates and what hangs on them reach so far over the instants that they are asked for. */
const SLACK_HOURS = 72;

/**
 * The active visit types, or the one asked for.
 *
 * @param forStaff without notice and horizon
 */
export async function loadOfferedTypes(
  db: Db,
  { visitTypeId, forStaff = false }: { visitTypeId?: string | undefined; forStaff?: boolean | undefined },
): Promise<OfferedType[]> {
  if (visitTypeId !== undefined && !isId(visitTypeId)) return [];
  const rows = await db.visitType.findMany({
    where: { active: true, ...(visitTypeId === undefined ? {} : { id: visitTypeId }) },
  });
  return rows.map((row) => toOfferedType(row, forStaff));
}

const toOfferedType = (row: VisitType, forStaff: boolean): OfferedType => ({
  id: row.id,
  durationMinutes: row.durationMinutes,
  intervalMinutes: row.intervalMinutes,
  bufferBeforeMinutes: row.bufferBeforeMinutes,
  bufferAfterMinutes: row.bufferAfterMinutes,
  minNoticeMinutes: forStaff ? 0 : row.minNoticeMinutes,
  horizonDays: forStaff ? STAFF_HORIZON_DAYS : row.horizonDays,
  maxPerDay: row.maxPerDay ?? undefined,
});

/** The part of a period in which any of the visit types can be booked at all: an address may name a year that no database has. */
export function bookablePeriod(
  { from, to }: Period,
  types: readonly OfferedType[],
  now: Temporal.Instant,
): Period {
  const longest = Math.max(0, ...types.map(({ horizonDays }) => horizonDays));
  const end = now.add({ hours: 24 * longest + SLACK_HOURS });
  return {
    from: compareInstants(from, now) < 0 ? now : from,
    to: compareInstants(to, end) > 0 ? end : to,
  };
}

/** One practitioner's row with what belongs to it; arrays because thousands of them are read at once. */
type Row = {
  id: string;
  time_zone: string;
  entry: PractitionerEntry;
  visit_type_ids: string[];
  rules: [
    weekday: Weekday,
    startTime: string,
    endTime: string,
    validFrom: string | null,
    validTo: string | null,
  ][];
  overrides: [date: string, startTime: string | null, endTime: string | null][];
  times_off: [startOn: string, startTime: string, endOn: string, endTime: string][];
};

/** The practitioners with these ids; others than ids are nobody's. */
export const withIds = (ids: readonly string[]): Prisma.Sql =>
  Prisma.sql`p."id" = ANY(${ids.filter(isId)}::uuid[])`;

/**
 * The schedules of those active practitioners `p` whom a condition finds, as far as times within a period depend on them. As many
 * queries for everybody as for one.
 */
export async function loadSchedules(
  db: Db,
  where: Prisma.Sql,
  types: readonly OfferedType[],
  { from, to }: Period,
): Promise<Schedules> {
  if (types.length === 0 || compareInstants(from, to) >= 0) return { practitioners: [], closures: [] };
  const first = toDate(from.subtract({ hours: SLACK_HOURS }));
  const last = toDate(to.add({ hours: SLACK_HOURS }));
  const rows = await db.$queryRaw<Row[]>`
    SELECT p."id", p."time_zone", p."entry",
      ARRAY(SELECT o."visit_type_id"::text FROM "practitioner_visit_type" o WHERE o."practitioner_id" = p."id") AS "visit_type_ids",
      coalesce((
        SELECT json_agg(json_build_array(r."weekday", r."start_time", r."end_time", r."valid_from", r."valid_to"))
        FROM "availability_rule" r WHERE r."practitioner_id" = p."id"
      ), '[]') AS "rules",
      coalesce((
        SELECT json_agg(json_build_array(d."date", i."start_time", i."end_time"))
        FROM "availability_override" d LEFT JOIN "override_interval" i ON i."override_id" = d."id"
        WHERE d."practitioner_id" = p."id" AND d."date" BETWEEN ${first}::date AND ${last}::date
      ), '[]') AS "overrides",
      coalesce((
        SELECT json_agg(json_build_array(a."start_on", a."start_time", a."end_on", a."end_time"))
        FROM "time_off" a
        WHERE a."practitioner_id" = p."id" AND a."end_on" >= ${first}::date AND a."start_on" <= ${last}::date
      ), '[]') AS "times_off"
    FROM "practitioner" p
    WHERE p."active" AND ${where}`;
  const typeById = new Map(types.map((type) => [type.id, type]));
  return {
    practitioners: rows.map((row) => toSchedule(row, typeById)),
    closures: rows.length === 0 ? [] : await loadClosures(db, first, last),
  };
}

const toSchedule = (row: Row, typeById: ReadonlyMap<string, OfferedType>): Schedule => ({
  id: row.id,
  timeZone: row.time_zone,
  entry: row.entry,
  visitTypes: row.visit_type_ids.flatMap((id) => typeById.get(id) ?? []),
  rules: row.rules.map(([weekday, startTime, endTime, validFrom, validTo]) => ({
    weekday,
    startTime,
    endTime,
    validFrom: validFrom ?? undefined,
    validTo: validTo ?? undefined,
  })),
  overrides: toOverrides(row.overrides),
  timesOff: row.times_off.map(([startOn, startTime, endOn, endTime]) => ({
    start: instantOf(startOn, startTime, row.time_zone),
    end: instantOf(endOn, endTime, row.time_zone),
  })),
});

/** One row an interval, and one without times for a date that is closed. */
function toOverrides(rows: Row["overrides"]): Schedule["overrides"] {
  const byDate = new Map<string, { startTime: string; endTime: string }[]>();
  for (const [date, startTime, endTime] of rows) {
    const intervals = byDate.get(date) ?? [];
    if (startTime !== null && endTime !== null) intervals.push({ startTime, endTime });
    byDate.set(date, intervals);
  }
  return [...byDate].map(([date, intervals]) => ({ date, intervals }));
}

/** A wall-clock time as epoch milliseconds. */
const instantOf = (date: string, time: string, timeZone: string): number =>
  Temporal.PlainDateTime.from(`${date}T${time}`).toZonedDateTime(timeZone, { disambiguation: "compatible" })
    .epochMilliseconds;

/** When the whole clinic is closed: whole dates in the clinic's zone. */
async function loadClosures(db: Db, first: Date, last: Date): Promise<Interval[]> {
  const timeZone = env().CLINIC_TIME_ZONE;
  const rows = await db.closure.findMany({
    where: { endOn: { gte: first }, startOn: { lte: last } },
    orderBy: { startOn: "asc" },
  });
  return rows.map(({ startOn, endOn }) => ({
    start: startOfDay(toCivilDate(startOn), timeZone).epochMilliseconds,
    end: startOfDay(toCivilDate(endOn).add({ days: 1 }), timeZone).epochMilliseconds,
  }));
}

/** A civil date's column arrives as its midnight in UTC. */
const toCivilDate = (date: Date): Temporal.PlainDate =>
  toInstant(date).toZonedDateTimeISO("UTC").toPlainDate();
