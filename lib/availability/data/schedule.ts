import type { Temporal } from "temporal-polyfill";
import { isId } from "@/lib/core/ids";
import type { Db } from "@/lib/db/client";
import { toDate } from "@/lib/time/instant";
import { plansOf } from "../rules/plans";
import type { ClosureDto, DateOverride, TimeOffPeriod, WeeklyPlan } from "../types";
import { toCivilDate, toDatedInterval } from "./states";

/** What a practitioner's schedule consists of, as those who keep it change it. */
export type KeptSchedule = {
  practitionerId: string;
  timeZone: string;
  /** From the open beginning to the open end, those that are over included. */
  plans: WeeklyPlan[];
  /** Not long over or to come, in order. */
  overrides: DateOverride[];
  timesOff: TimeOffPeriod[];
};

/** A date that is over everywhere on earth is so much behind the present. */
const SLACK = { hours: 48 } as const;

/** One practitioner's schedule, active or not. */
export async function findSchedule(
  db: Db,
  practitionerId: string,
  now: Temporal.Instant,
): Promise<KeptSchedule | undefined> {
  if (!isId(practitionerId)) return undefined;
  const recent = toDate(now.subtract(SLACK));
  const row = await db.practitioner.findUnique({
    where: { id: practitionerId },
    select: {
      timeZone: true,
      availabilityRules: true,
      overrides: {
        where: { date: { gte: recent } },
        include: { intervals: { orderBy: { startTime: "asc" } } },
        orderBy: { date: "asc" },
      },
      timesOff: {
        where: { endOn: { gte: recent } },
        orderBy: [{ startOn: "asc" }, { startTime: "asc" }, { id: "asc" }],
      },
    },
  });
  if (!row) return undefined;
  return {
    practitionerId,
    timeZone: row.timeZone,
    plans: plansOf(row.availabilityRules.map(toDatedInterval)),
    overrides: row.overrides.map(({ date, intervals }) => ({
      date: toCivilDate(date),
      intervals: intervals.map(({ startTime, endTime }) => ({ startTime, endTime })),
    })),
    timesOff: row.timesOff.map(({ id, startOn, startTime, endOn, endTime }) => ({
      timeOffId: id,
      startOn: toCivilDate(startOn),
      startTime,
      endOn: toCivilDate(endOn),
      endTime,
    })),
  };
}

/** The clinic's closures that end on a civil date or later, in order. */
export async function listClosures(db: Db, from: Temporal.PlainDate): Promise<ClosureDto[]> {
  const rows = await db.closure.findMany({
    where: { endOn: { gte: toDate(from.toZonedDateTime("UTC").toInstant()) } },
    orderBy: [{ startOn: "asc" }, { endOn: "asc" }, { id: "asc" }],
  });
  return rows.map(({ id, title, startOn, endOn, importUid }) => ({
    closureId: id,
    title,
    startOn: toCivilDate(startOn),
    endOn: toCivilDate(endOn),
    imported: importUid !== null,
  }));
}
