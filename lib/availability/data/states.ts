import type { Temporal } from "temporal-polyfill";
import { env } from "@/lib/core/env";
import type { Db } from "@/lib/db/client";
import type { AvailabilityRule } from "@/lib/db/generated/client";
import { toDate, toInstant } from "@/lib/time/instant";
import { closureInterval, timeOffInterval } from "../rules/away";
import type { Interval } from "../rules/seats";
import type { ScheduleState } from "../rules/stranded";
import type { DatedInterval, StrandedVisit, Weekday } from "../types";

/** A civil date's column arrives as its midnight in UTC. */
export const toCivilDate = (date: Date): string =>
  toInstant(date).toZonedDateTimeISO("UTC").toPlainDate().toString();

/** A stored rule, without the dates that it has not. */
export const toDatedInterval = (rule: AvailabilityRule): DatedInterval => ({
  weekday: rule.weekday as Weekday,
  startTime: rule.startTime,
  endTime: rule.endTime,
  ...(rule.validFrom ? { validFrom: toCivilDate(rule.validFrom) } : {}),
  ...(rule.validTo ? { validTo: toCivilDate(rule.validTo) } : {}),
});

/** What has ended so long ago concerns no visit to come, in any zone. */
const SLACK = { hours: 72 } as const;

/** The schedules of these practitioners, active or not, as far as visits to come depend on them. Four queries, however many they are. */
export async function loadScheduleStates(
  db: Db,
  practitionerIds: readonly string[],
  now: Temporal.Instant,
): Promise<Map<string, ScheduleState>> {
  const recent = toDate(now.subtract(SLACK));
  const rows = await db.practitioner.findMany({
    where: { id: { in: [...practitionerIds] } },
    select: {
      id: true,
      timeZone: true,
      active: true,
      availabilityRules: true,
      overrides: { where: { date: { gte: recent } }, include: { intervals: true } },
      timesOff: { where: { endOn: { gte: recent } } },
    },
  });
  const closures = (await db.closure.findMany({ where: { endOn: { gte: recent } } })).map(
    ({ startOn, endOn }) =>
      closureInterval({ startOn: toCivilDate(startOn), endOn: toCivilDate(endOn) }, env().CLINIC_TIME_ZONE),
  );
  return new Map(
    rows.map(({ id, timeZone, active, availabilityRules, overrides, timesOff }) => [
      id,
      {
        timeZone,
        active,
        rules: availabilityRules.map(toDatedInterval),
        overrides: overrides.map(({ date, intervals }) => ({
          date: toCivilDate(date),
          intervals: intervals.map(({ startTime, endTime }) => ({ startTime, endTime })),
        })),
        timesOff: timesOff.map(({ startOn, startTime, endOn, endTime }) =>
          timeOffInterval(
            { startOn: toCivilDate(startOn), startTime, endOn: toCivilDate(endOn), endTime },
            timeZone,
          ),
        ),
        closures,
      },
    ]),
  );
}

/** A booked visit with what decides whether it fits, and what is said of it if it does not. */
export type BookedVisit = StrandedVisit & Interval & { practitionerId: string };

/**
 * The visits that these practitioners still have before them, in order; offers that nobody has taken are none. Unscoped, for whoever may
 * change these hours: they are told whom the change would leave without a practitioner.
 */
export async function unsafeListBookedVisits(
  db: Db,
  practitionerIds: readonly string[],
  now: Temporal.Instant,
): Promise<BookedVisit[]> {
  const rows = await db.appointment.findMany({
    where: {
      practitionerId: { in: [...practitionerIds] },
      status: { in: ["booked", "arrived"] },
      startAt: { gt: toDate(now) },
    },
    select: {
      id: true,
      practitionerId: true,
      startAt: true,
      endAt: true,
      visitType: { select: { names: true } },
      patient: { select: { name: true } },
      practitioner: { select: { displayName: true, timeZone: true } },
    },
    orderBy: [{ startAt: "asc" }, { id: "asc" }],
  });
  return rows.map(({ id, practitionerId, startAt, endAt, visitType, patient, practitioner }) => ({
    appointmentId: id,
    practitionerId,
    start: startAt.getTime(),
    end: endAt.getTime(),
    startAt: toInstant(startAt),
    visitTypeNames: visitType.names,
    patientName: patient.name,
    practitionerName: practitioner.displayName,
    timeZone: practitioner.timeZone,
  }));
}
