import type { Temporal } from "temporal-polyfill";
import type { Db } from "@/lib/db/client";
import { findDelayMinutes } from "@/lib/notifications/data";
import { toDate, toInstant } from "@/lib/time/instant";
import { dateIn, startOfDay } from "@/lib/time/zones";
import { type DayVisit, type ExpectedStart, expectedStarts } from "../rules/waits";

/** Whose day, by whose calendar. */
export type DayOf = { practitionerId: string; timeZone: string };

/** The visits of a practitioner's day, as far as others wait for them: one from the day before that still goes on is among them. */
async function unsafeListDay(
  db: Db,
  { practitionerId, timeZone }: DayOf,
  date: Temporal.PlainDate,
): Promise<DayVisit[]> {
  const from = toDate(startOfDay(date, timeZone));
  const to = toDate(startOfDay(date.add({ days: 1 }), timeZone));
  const rows = await db.appointment.findMany({
    where: {
      practitionerId,
      status: { in: ["booked", "arrived"] },
      OR: [
        { encounter: { status: "in_progress" } },
        // A visit that begins at once waits for nobody: it is begun as soon as it is there.
        { origin: "scheduled", startAt: { gte: from, lt: to } },
      ],
    },
    select: {
      id: true,
      startAt: true,
      endAt: true,
      encounter: { select: { status: true, startedAt: true } },
    },
  });
  return rows.flatMap(({ id, startAt, endAt, encounter }) =>
    encounter
      ? {
          appointmentId: id,
          startAt: toInstant(startAt),
          endAt: toInstant(endAt),
          encounterStatus: encounter.status,
          startedAt: encounter.startedAt ? toInstant(encounter.startedAt) : undefined,
        }
      : [],
  );
}

/**
 * When the visits of a practitioner's day that nobody has started are to be expected, by appointment. Unscoped, since how long one
 * patient waits depends on all the others; whoever asks tells somebody no more than the time of their own.
 *
 * @param date of the practitioner's calendar
 */
export async function unsafeFindExpectedStarts(
  db: Db,
  of: DayOf,
  date: Temporal.PlainDate,
  now: Temporal.Instant,
): Promise<ReadonlyMap<string, ExpectedStart>> {
  const visits = await unsafeListDay(db, of, date);
  const delayMinutes = await findDelayMinutes(db, { practitionerId: of.practitionerId, date });
  return expectedStarts(visits, delayMinutes, now);
}

/** The same for one visit: nothing where it has begun, is over, or nothing is known. */
export async function findExpectedStart(
  db: Db,
  visit: {
    id: string;
    startAt: Date;
    practitionerId: string;
    practitioner: { timeZone: string };
    encounter: { status: DayVisit["encounterStatus"] };
  },
  now: Temporal.Instant,
): Promise<ExpectedStart | undefined> {
  if (visit.encounter.status !== "planned" && visit.encounter.status !== "arrived") return undefined;
  const of = { practitionerId: visit.practitionerId, timeZone: visit.practitioner.timeZone };
  const date = dateIn(toInstant(visit.startAt), of.timeZone);
  return (await unsafeFindExpectedStarts(db, of, date, now)).get(visit.id);
}
