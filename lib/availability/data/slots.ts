import { Temporal } from "temporal-polyfill";
import type { Db } from "@/lib/db/client";
import { computeSlots } from "../rules/slots";
import type { FreeSlot, NextFreeSlot } from "../types";
import { type Claims, type Exceptions, loadClaims } from "./claims";
import {
  bookablePeriod,
  loadOfferedTypes,
  loadSchedules,
  type OfferedType,
  type Period,
  type Schedule,
  type Schedules,
  withIds,
} from "./schedules";

type Asked = Exceptions & {
  practitionerIds: readonly string[];
  now: Temporal.Instant;
  /** Without notice and horizon. */
  forStaff?: boolean | undefined;
};

/**
 * The free times of some practitioners for one visit type that start within `[from, to)`, in order: by hours, overrides, time off,
 * closures and the limit a day; claims and guest seats are as the database has them at this moment. A booking is decided by its
 * locks and constraints, not by this answer. The number of queries does not grow with the practitioners or the days.
 *
 * @returns an entry for every id, empty where nothing is offered
 */
export async function findFreeSlots(
  db: Db,
  { practitionerIds, visitTypeId, now, forStaff, ...asked }: Asked & Period & { visitTypeId: string },
): Promise<Map<string, FreeSlot[]>> {
  const free = new Map<string, FreeSlot[]>(practitionerIds.map((id) => [id, []]));
  const types = await loadOfferedTypes(db, { visitTypeId, forStaff });
  const period = bookablePeriod(asked, types, now);
  const schedules = await loadSchedules(db, withIds(practitionerIds), types, period);
  const ids = schedules.practitioners.map(({ id }) => id);
  if (ids.length === 0) return free;
  const claims = await loadClaims(db, ids, types, period, asked, now);
  for (const schedule of schedules.practitioners) {
    for (const type of schedule.visitTypes) {
      const starts = startsOf(schedule, type, schedules, claims, period, now);
      free.set(
        schedule.id,
        starts.map((start) => toFreeSlot(start, type)),
      );
    }
  }
  return free;
}

/** A first free time is nearly always near: so many days are looked at first, and all of them only where those have none. */
const NEAR_DAYS = [2, 8] as const;

/**
 * The first free start of each practitioner within the horizon, for one visit type or for whichever of the practitioner's own is
 * free first. The number of queries is bounded, however many practitioners there are.
 *
 * @returns an entry only for those who have a free time
 */
export async function findNextFree(
  db: Db,
  { practitionerIds, visitTypeId, now, forStaff, ...except }: Asked & { visitTypeId?: string | undefined },
): Promise<Map<string, NextFreeSlot>> {
  const next = new Map<string, NextFreeSlot>();
  const types = await loadOfferedTypes(db, { visitTypeId, forStaff });
  const farthest = now.add({ hours: 24 * Math.max(0, ...types.map(({ horizonDays }) => horizonDays)) + 48 });
  const period = { from: now, to: farthest };
  const schedules = await loadSchedules(db, withIds(practitionerIds), types, period);
  let from = now;
  for (const to of [...NEAR_DAYS.map((days) => now.add({ hours: 24 * days })), farthest]) {
    const waiting = schedules.practitioners.filter(({ id }) => !next.has(id));
    if (waiting.length === 0) break;
    const window = { from, to };
    const claims = await loadClaims(
      db,
      waiting.map(({ id }) => id),
      types,
      window,
      except,
      now,
    );
    for (const schedule of waiting) {
      const found = firstStart(schedule, schedules, claims, window, now);
      if (found) next.set(schedule.id, { ...toFreeSlot(found.at, found.type), visitTypeId: found.type.id });
    }
    from = to;
  }
  return next;
}

/** The first free start of one practitioner within a period, in epoch milliseconds, of whichever visit type has it. */
export function firstStart(
  schedule: Schedule,
  schedules: Pick<Schedules, "closures">,
  claims: Claims,
  period: Period,
  now: Temporal.Instant,
): { at: number; type: OfferedType } | undefined {
  let first: { at: number; type: OfferedType } | undefined;
  for (const type of schedule.visitTypes) {
    const [at] = startsOf(schedule, type, schedules, claims, period, now);
    if (at !== undefined && (!first || at < first.at)) first = { at, type };
  }
  return first;
}

/** The starts of one practitioner's free times for one visit type, in epoch milliseconds. */
export function startsOf(
  schedule: Schedule,
  visitType: OfferedType,
  { closures }: Pick<Schedules, "closures">,
  claims: Claims,
  { from, to }: Period,
  now: Temporal.Instant,
): number[] {
  return computeSlots({
    timeZone: schedule.timeZone,
    rules: schedule.rules,
    overrides: schedule.overrides,
    busy: claims.busyOf(schedule.id),
    blocked: [...closures, ...schedule.timesOff, ...claims.crowdedFor(schedule.entry)],
    bookedStarts: visitType.maxPerDay === undefined ? [] : claims.startsOf(schedule.id, visitType.id),
    visitType,
    from: from.epochMilliseconds,
    to: to.epochMilliseconds,
    now: now.epochMilliseconds,
  });
}

/** A start and its visit's end. */
export function toFreeSlot(start: number, { durationMinutes }: OfferedType): FreeSlot {
  const startAt = Temporal.Instant.fromEpochMilliseconds(start);
  return { startAt, endAt: startAt.add({ minutes: durationMinutes }) };
}
