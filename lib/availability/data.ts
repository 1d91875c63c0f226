import { Temporal } from "temporal-polyfill";
import { env } from "@/lib/core/env";
import { isId } from "@/lib/core/ids";
import type { Db } from "@/lib/db/client";
import type { AvailabilityRule, Prisma, VisitType } from "@/lib/db/generated/client";
import { toDate, toInstant } from "@/lib/time/instant";
import { crowdedIntervals, type Interval, type SeatClaim, seatsFor } from "./rules/seats";
import { computeSlots } from "./rules/slots";
import type { ComputeSlotsInput } from "./rules/slots-input";
import type { FreeSlot, NextFreeSlot, Weekday, WeeklyInterval } from "./types";

type Period = { from: Temporal.Instant; to: Temporal.Instant };

/**
 * The free times of some practitioners for one visit type that start within `[from, to)`, in order. Claims and guest seats are as
 * the database has them at this moment; a booking is decided by its constraints, not by this answer.
 * The number of queries does not grow with the practitioners or the days.
 *
 * @returns an entry for every id, empty where nothing is offered
 */
export async function findFreeSlots(
  db: Db,
  {
    practitionerIds,
    visitTypeId,
    from,
    to,
    now,
  }: Period & { practitionerIds: readonly string[]; visitTypeId: string; now: Temporal.Instant },
): Promise<Map<string, FreeSlot[]>> {
  const free = new Map<string, FreeSlot[]>(practitionerIds.map((id) => [id, []]));
  const schedules = await loadSchedules(db, practitionerIds, visitTypeId);
  const claims = await loadClaims(db, schedules, { from, to }, now);
  for (const schedule of schedules) {
    for (const visitType of schedule.visitTypes) {
      free.set(schedule.id, slotsOf(schedule, visitType, claims, { from, to }, now));
    }
  }
  return free;
}

/** A first free time is nearly always near: so many days are computed first, and all of them only where those have none. */
const NEAR_DAYS = [2, 8] as const;

/**
 * The first free start of each practitioner within the horizon, for one visit type or for whichever of the practitioner's own is
 * free first. All that is read is read at once.
 *
 * @returns an entry only for those who have a free time
 */
export async function findNextFree(
  db: Db,
  {
    practitionerIds,
    visitTypeId,
    now,
  }: { practitionerIds: readonly string[]; visitTypeId?: string | undefined; now: Temporal.Instant },
): Promise<Map<string, NextFreeSlot>> {
  const schedules = await loadSchedules(db, practitionerIds, visitTypeId);
  const longest = Math.max(
    0,
    ...schedules.flatMap(({ visitTypes }) => visitTypes.map((type) => type.horizonDays)),
  );
  const ends = [...NEAR_DAYS.filter((days) => days < longest), longest + 2].map((days) =>
    now.add({ hours: 24 * days }),
  );
  const claims = await loadClaims(db, schedules, { from: now, to: ends.at(-1) ?? now }, now);

  const next = new Map<string, NextFreeSlot>();
  for (const schedule of schedules) {
    let from = now;
    for (const to of ends) {
      const found = schedule.visitTypes
        .flatMap((type) => {
          const [first] = slotsOf(schedule, type, claims, { from, to }, now);
          return first ? [{ ...first, visitTypeId: type.id }] : [];
        })
        .sort((a, b) => Temporal.Instant.compare(a.startAt, b.startAt))[0];
      if (found) {
        next.set(schedule.id, found);
        break;
      }
      from = to;
    }
  }
  return next;
}

/**
 * Whether a practitioner offers exactly this start of a visit type: by hours, grid, notice and horizon. Claims and seats are left
 * out, because a look at them decides nothing: the booking's own locks and constraints do.
 */
export async function isOffered(
  db: Db,
  {
    practitionerId,
    visitTypeId,
    startAt,
    now,
  }: { practitionerId: string; visitTypeId: string; startAt: Temporal.Instant; now: Temporal.Instant },
): Promise<boolean> {
  const [schedule] = await loadSchedules(db, [practitionerId], visitTypeId);
  const [visitType] = schedule?.visitTypes ?? [];
  if (!schedule || !visitType) return false;
  const period = { from: startAt, to: startAt.add({ milliseconds: 1 }) };
  return slotsOf(schedule, visitType, NO_CLAIMS, period, now).length > 0;
}

/** A practitioner's weekly hours in the order of the week. */
export async function listWeeklyHours(db: Db, practitionerId: string): Promise<WeeklyInterval[]> {
  if (!isId(practitionerId)) return [];
  const rules = await db.availabilityRule.findMany({
    where: { practitionerId },
    orderBy: [{ weekday: "asc" }, { startTime: "asc" }],
  });
  return rules.map(({ weekday, startTime, endTime }) => ({
    weekday: weekday as Weekday,
    startTime,
    endTime,
  }));
}

const SCHEDULE = {
  id: true,
  timeZone: true,
  entry: true,
  availabilityRules: true,
} as const satisfies Prisma.PractitionerSelect;

type Schedule = Prisma.PractitionerGetPayload<{ select: typeof SCHEDULE }> & { visitTypes: VisitType[] };

/** The hours of those who can be booked, with the active visit types they offer: all of them, or the one asked for. */
async function loadSchedules(
  db: Db,
  practitionerIds: readonly string[],
  visitTypeId: string | undefined,
): Promise<Schedule[]> {
  if (visitTypeId !== undefined && !isId(visitTypeId)) return [];
  const rows = await db.practitioner.findMany({
    where: { id: { in: practitionerIds.filter(isId) }, active: true },
    select: {
      ...SCHEDULE,
      visitTypes: {
        where: { visitType: { active: true }, ...(visitTypeId === undefined ? {} : { visitTypeId }) },
        select: { visitType: true },
      },
    },
  });
  return rows.map((row) => ({ ...row, visitTypes: row.visitTypes.map(({ visitType }) => visitType) }));
}

/** What stands in the way: claims by practitioner, and the seats of the whole clinic when its licence's number is known. */
type Claims = {
  byPractitioner: ReadonlyMap<string, Interval[]>;
  seats: readonly SeatClaim[];
  seatLimit: number;
};

const NO_CLAIMS: Claims = { byPractitioner: new Map(), seats: [], seatLimit: Number.POSITIVE_INFINITY };

async function loadClaims(
  db: Db,
  schedules: readonly Schedule[],
  { from, to }: Period,
  now: Temporal.Instant,
): Promise<Claims> {
  const seatLimit = env().TRUECONF_GUEST_SEATS;
  const types = schedules.flatMap(({ visitTypes }) => visitTypes);
  const before = Math.max(0, ...types.map((type) => type.bufferBeforeMinutes));
  const after = Math.max(0, ...types.map((type) => type.durationMinutes + type.bufferAfterMinutes));
  const rows = await db.slot.findMany({
    where: {
      ...(seatLimit === undefined ? { practitionerId: { in: schedules.map(({ id }) => id) } } : {}),
      startAt: { lt: toDate(to.add({ minutes: after })) },
      endAt: { gt: toDate(from.subtract({ minutes: before })) },
      // A hold that has run out still has its row until somebody needs its place.
      OR: [{ expiresAt: null }, { expiresAt: { gt: toDate(now) } }],
    },
    select: {
      practitionerId: true,
      startAt: true,
      endAt: true,
      visitStartAt: true,
      visitEndAt: true,
      seats: true,
    },
  });
  const byPractitioner = new Map<string, Interval[]>();
  for (const { practitionerId, startAt, endAt } of rows) {
    const claim = { start: startAt.getTime(), end: endAt.getTime() };
    const known = byPractitioner.get(practitionerId);
    if (known) known.push(claim);
    else byPractitioner.set(practitionerId, [claim]);
  }
  const seats = rows.map((row) => ({
    start: row.visitStartAt.getTime(),
    end: row.visitEndAt.getTime(),
    seats: row.seats,
  }));
  return { byPractitioner, seats, seatLimit: seatLimit ?? Number.POSITIVE_INFINITY };
}

function slotsOf(
  schedule: Schedule,
  visitType: VisitType,
  { byPractitioner, seats, seatLimit }: Claims,
  { from, to }: Period,
  now: Temporal.Instant,
): FreeSlot[] {
  const seatsLeft = seatLimit - seatsFor(schedule.entry);
  if (seatsLeft < 0) return [];
  const starts = computeSlots({
    timeZone: schedule.timeZone,
    rules: schedule.availabilityRules.map(toRule),
    overrides: [],
    busy: byPractitioner.get(schedule.id) ?? [],
    blocked: crowdedIntervals(seats, seatsLeft),
    bookedStarts: [],
    visitType: { ...visitType, maxPerDay: visitType.maxPerDay ?? undefined },
    from: from.epochMilliseconds,
    to: to.epochMilliseconds,
    now: now.epochMilliseconds,
  });
  return starts.map((start) => {
    const startAt = Temporal.Instant.fromEpochMilliseconds(start);
    return { startAt, endAt: startAt.add({ minutes: visitType.durationMinutes }) };
  });
}

/** A civil date's column arrives as its midnight in UTC. */
const toCivilDate = (date: Date | null): string | undefined =>
  date ? toInstant(date).toZonedDateTimeISO("UTC").toPlainDate().toString() : undefined;

const toRule = (rule: AvailabilityRule): ComputeSlotsInput["rules"][number] => ({
  weekday: rule.weekday as Weekday,
  startTime: rule.startTime,
  endTime: rule.endTime,
  validFrom: toCivilDate(rule.validFrom),
  validTo: toCivilDate(rule.validTo),
});
