import type { Temporal } from "temporal-polyfill";
import { env } from "@/lib/core/env";
import { isId } from "@/lib/core/ids";
import type { Db } from "@/lib/db/client";
import { type PractitionerEntry, Prisma, type VisitType } from "@/lib/db/generated/client";
import { compareInstants, toDate } from "@/lib/time/instant";
import { closureInterval, timeOffInterval } from "../rules/away";
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

/** What is read of everybody, as one value: a row each would cost more than what is in it. */
type Read = {
  practitioners: [
    id: string,
    timeZone: string,
    entry: PractitionerEntry,
    visitTypeIds: string[],
    rules: string | null,
  ][];
  overrides: [practitionerId: string, date: string, startTime: string | null, endTime: string | null][];
  timesOff: [practitionerId: string, startOn: string, startTime: string, endOn: string, endTime: string][];
  closures: [startOn: string, endOn: string][];
};

/** The practitioners with these ids; others than ids are nobody's. */
export const withIds = (ids: readonly string[]): Prisma.Sql =>
  Prisma.sql`p."id" = ANY(${idArray(ids.filter(isId))})`;

/** Ids as one parameter, and not as one each: there may be a thousand. */
export const idArray = (ids: readonly string[]): Prisma.Sql =>
  Prisma.sql`string_to_array(${ids.join(",")}, ',')::uuid[]`;

/**
 * The schedules of those active practitioners `p` whom a condition finds, as far as times within a period depend on them. One query,
 * for everybody as for one.
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
  const [read] = await db.$queryRaw<Record<keyof Read, string>[]>`
    WITH p AS MATERIALIZED (
      SELECT p."id", p."time_zone", p."entry" FROM "practitioner" p WHERE p."active" AND ${where}
    )
    SELECT
      (SELECT coalesce(json_agg(json_build_array(p."id", p."time_zone", p."entry",
        ARRAY(SELECT o."visit_type_id" FROM "practitioner_visit_type" o WHERE o."practitioner_id" = p."id"),
        (
          SELECT string_agg(r."weekday" || ' ' || r."start_time" || ' ' || r."end_time"
            || coalesce(' ' || r."valid_from", ' -') || coalesce(' ' || r."valid_to", ' -'), ',')
          FROM "availability_rule" r WHERE r."practitioner_id" = p."id"
        )
      )), '[]')::text FROM p) AS "practitioners",
      (SELECT coalesce(json_agg(json_build_array(d."practitioner_id", d."date", i."start_time", i."end_time")), '[]')::text
        FROM p JOIN "availability_override" d
          ON d."practitioner_id" = p."id" AND d."date" BETWEEN ${first}::date AND ${last}::date
        LEFT JOIN "override_interval" i ON i."override_id" = d."id") AS "overrides",
      (SELECT coalesce(json_agg(json_build_array(a."practitioner_id", a."start_on", a."start_time", a."end_on", a."end_time")), '[]')::text
        FROM p JOIN "time_off" a ON a."practitioner_id" = p."id"
          AND a."end_on" >= ${first}::date AND a."start_on" <= ${last}::date) AS "timesOff",
      (SELECT coalesce(json_agg(json_build_array(c."start_on", c."end_on")), '[]')::text
        FROM "closure" c WHERE c."end_on" >= ${first}::date AND c."start_on" <= ${last}::date) AS "closures"`;
  if (!read) return { practitioners: [], closures: [] };
  return toSchedules(
    {
      practitioners: JSON.parse(read.practitioners),
      overrides: JSON.parse(read.overrides),
      timesOff: JSON.parse(read.timesOff),
      closures: JSON.parse(read.closures),
    },
    types,
  );
}

function toSchedules(read: Read, types: readonly OfferedType[]): Schedules {
  const typeById = new Map(types.map((type) => [type.id, type]));
  const overrides = groupBy(read.overrides);
  const timesOff = groupBy(read.timesOff);
  const clinic = env().CLINIC_TIME_ZONE;
  return {
    practitioners: read.practitioners.map(([id, timeZone, entry, visitTypeIds, rules]) => ({
      id,
      timeZone,
      entry,
      visitTypes: visitTypeIds.flatMap((typeId) => typeById.get(typeId) ?? []),
      rules: readRules(rules ?? ""),
      overrides: toOverrides(overrides.get(id) ?? []),
      timesOff: (timesOff.get(id) ?? []).map(([, startOn, startTime, endOn, endTime]) =>
        timeOffInterval({ startOn, startTime, endOn, endTime }, timeZone),
      ),
    })),
    closures: read.closures.map(([startOn, endOn]) => closureInterval({ startOn, endOn }, clinic)),
  };
}

/** Rows by the practitioner, who comes first in each. */
function groupBy<T extends readonly [string, ...unknown[]]>(rows: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(row[0]);
    if (group) group.push(row);
    else groups.set(row[0], [row]);
  }
  return groups;
}

/** One row an interval, and one without times for a date that is closed. */
function toOverrides(rows: Read["overrides"]): Schedule["overrides"] {
  const byDate = new Map<string, { startTime: string; endTime: string }[]>();
  for (const [, date, startTime, endTime] of rows) {
    const intervals = byDate.get(date) ?? [];
    if (startTime !== null && endTime !== null) intervals.push({ startTime, endTime });
    byDate.set(date, intervals);
  }
  return [...byDate].map(([date, intervals]) => ({ date, intervals }));
}

/** Weekly hours by their text. Many practitioners share them and few ever change, so most are in the form that is computed with. */
const knownRules = new Map<string, Schedule["rules"]>();
const MOST_KNOWN_RULES = 10_000;

/** Reads "1 09:00 13:00 - -,1 14:00 18:00 2027-01-01 -": weekday, start, end, valid from and to. */
function readRules(text: string): Schedule["rules"] {
  const known = knownRules.get(text);
  if (known) return known;
  const rules = text === "" ? [] : text.split(",").map(readRule);
  if (knownRules.size >= MOST_KNOWN_RULES) knownRules.clear();
  const frozen = Object.freeze(rules);
  knownRules.set(text, frozen);
  return frozen;
}

function readRule(text: string): Schedule["rules"][number] {
  const [weekday, startTime = "", endTime = "", validFrom, validTo] = text.split(" ");
  return Object.freeze({
    weekday: Number(weekday) as Weekday,
    startTime,
    endTime,
    validFrom: validFrom === "-" ? undefined : validFrom,
    validTo: validTo === "-" ? undefined : validTo,
  });
}
