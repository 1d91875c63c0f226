import { Temporal } from "temporal-polyfill";
import type { Db } from "@/lib/db/client";
import { type Match, matchPractitioners, type PractitionerFilter } from "@/lib/directory/data";
import { compareInstants } from "@/lib/time/instant";
import { EarliestFirst } from "../rules/earliest";
import type { FreeSlot } from "../types";
import { type Claims, type Exceptions, loadClaims, NO_CLAIMS } from "./claims";
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
import { firstStart, startsOf, toFreeSlot } from "./slots";

export type SlotSearch = PractitionerFilter &
  Exceptions & {
    /** In whichever alphabet, and perhaps mistyped. */
    name?: string | undefined;
    /** Not before this; `now` without it. */
    from?: Temporal.Instant | undefined;
    /** Before this; as far ahead as can be booked without it. */
    to?: Temporal.Instant | undefined;
    now: Temporal.Instant;
    /** How many practitioners to leave out at the beginning, and to return. */
    offset?: number;
    limit?: number;
    /** How many times of each, at most. */
    timesEach?: number;
  };

/** A practitioner whom a search found, with the first free times of one visit type: several only where they are soon. */
export type Found = { practitionerId: string; visitTypeId: string | undefined; slots: FreeSlot[] };

export type SlotsFound = {
  /** Everybody whom the search finds, with free times or without. */
  total: number;
  /** Nobody is called that; these have names that are somewhat like it. */
  isNear: boolean;
  /** How many were left out at the beginning: where fewer are found than that, as many as leave the last page. */
  offset: number;
  found: Found[];
};

/** So many are suggested where nobody has the name that was asked for. */
const MOST_NEAR = 6;
/** Claims are read for so much time at once, from the first time that somebody might be free; at last for all the time there is. */
const WINDOW_HOURS = [6, 48, 240, Number.POSITIVE_INFINITY] as const;
/** Several times of one practitioner are found where the first is so near, and the others follow within so much. */
const SOON_HOURS = 48;
const TOGETHER_HOURS = 6;
/** Further than any horizon. */
const EVER = { hours: 24 * 3650 } as const;
const HOUR = 3_600_000;

/**
 * Free times of one or many practitioners, whoever is free first before the others; those without a free time come last, by name.
 * Where a name is asked for, those who are called that come before those who are nearly called that.
 *
 * The order is right over everybody, not within a page, though claims are read no further ahead than it takes
 * (docs/decisions/0011). The number of queries is bounded, whomever the search finds.
 */
export async function findSlots(
  db: Db,
  { now, limit = 20, timesEach = 3, ...search }: SlotSearch,
): Promise<SlotsFound> {
  const { matches, isNear } = await findMatches(db, search);
  const total = matches.length;
  const offset = Math.min(search.offset ?? 0, Math.max(0, Math.ceil(total / limit) - 1) * limit);
  const types = await loadOfferedTypes(db, search);
  const asked = { from: search.from ?? now, to: search.to ?? now.add(EVER) };
  const period = bookablePeriod(asked, types, now);
  const ids = matches.map(({ practitionerId }) => practitionerId);
  const schedules = await loadSchedules(db, withIds(ids), types, period);
  const read = (window: Period, practitionerIds: readonly string[]) =>
    loadClaims(db, practitionerIds, types, window, search, now);

  // How close a name is goes before the time, so then everybody's time is needed.
  const wanted = search.name ? matches.length : offset + limit;
  const firsts = await findFirsts({ matches, schedules, period, wanted, now }, read);
  const page = inOrder(matches, firsts).slice(offset, offset + limit);
  const shown = page.map(({ practitionerId }) => ({ practitionerId, first: firsts.get(practitionerId) }));
  const found = await withTimes(shown, { schedules, period, timesEach, now }, read);
  return { total, isNear, offset, found };
}

/** Those who are called that, else a few who have a name like it. */
async function findMatches(db: Db, search: PractitionerFilter & { name?: string | undefined }) {
  const matches = await matchPractitioners(db, search);
  if (matches.length > 0 || !search.name) return { matches, isNear: false };
  const near = await matchPractitioners(db, { ...search, near: true });
  const closest = near.toSorted((a, b) => b.closeness - a.closeness).slice(0, MOST_NEAR);
  return { matches: closest, isNear: closest.length > 0 };
}

type First = { at: number; type: OfferedType };
type ReadClaims = (window: Period, practitionerIds: readonly string[]) => Promise<Claims>;
type Race = {
  matches: readonly Match[];
  schedules: Schedules;
  period: Period;
  wanted: number;
  now: Temporal.Instant;
};

/** The first free time of so many practitioners as are wanted, those who are free first. */
async function findFirsts(
  { matches, schedules, period, wanted, now }: Race,
  read: ReadClaims,
): Promise<Map<string, First>> {
  const rankOf = new Map(matches.map(({ practitionerId }, rank) => [practitionerId, rank]));
  const firsts = new Map<string, First>();
  const race = new EarliestFirst<Schedule>(
    schedules.practitioners.map((schedule) => ({
      who: schedule,
      rank: rankOf.get(schedule.id) ?? 0,
      bound: boundOf(schedule, schedules, period, now),
    })),
    wanted,
  );
  const end = period.to.epochMilliseconds;
  for (const hours of WINDOW_HOURS) {
    const from = race.waiting[0]?.bound;
    if (from === undefined || from >= end) break;
    const to = Math.min(end, from + hours * HOUR);
    const window = { from: instantOf(from), to: instantOf(to) };
    const claims = await read(
      window,
      race.waiting.flatMap(({ who, bound }) => (bound < to ? [who.id] : [])),
    );
    race.lookUntil(to, (schedule) => {
      const first = firstStart(schedule, schedules, claims, window, now);
      if (first) firsts.set(schedule.id, first);
      return first?.at;
    });
  }
  return new Map(
    race.best.flatMap(({ who }) => {
      const first = firsts.get(who.id);
      return first ? [[who.id, first]] : [];
    }),
  );
}

/** A bound is nearly always near: so many days are computed first. */
const NEAR_DAYS = [2, 8] as const;

/** The first time that a practitioner's schedule has: claims aside. */
function boundOf(
  schedule: Schedule,
  schedules: Schedules,
  { from, to }: Period,
  now: Temporal.Instant,
): number {
  let begin = from;
  const ends = NEAR_DAYS.map((days) => from.add({ hours: 24 * days })).filter(
    (end) => compareInstants(end, to) < 0,
  );
  for (const end of [...ends, to]) {
    const first = firstStart(schedule, schedules, NO_CLAIMS, { from: begin, to: end }, now);
    if (first) return first.at;
    begin = end;
  }
  return Number.POSITIVE_INFINITY;
}

/** By how close the name is, then by who is free first, then by name. */
function inOrder(matches: readonly Match[], firsts: ReadonlyMap<string, First>): Match[] {
  const at = ({ practitionerId }: Match) => firsts.get(practitionerId)?.at ?? Number.POSITIVE_INFINITY;
  return matches.toSorted(
    (a, b) => b.closeness - a.closeness || (at(a) < at(b) ? -1 : Number(at(a) > at(b))),
  );
}

/** The page's practitioners with their first times; read anew in one query for all of them. */
async function withTimes(
  page: readonly { practitionerId: string; first: First | undefined }[],
  { schedules, period, timesEach, now }: Pick<Race, "schedules" | "period" | "now"> & { timesEach: number },
  read: ReadClaims,
): Promise<Found[]> {
  const soonest = period.from.epochMilliseconds + SOON_HOURS * HOUR;
  const soon = page.flatMap(({ practitionerId, first }) =>
    first && first.at < soonest ? [{ practitionerId, at: first.at }] : [],
  );
  const starts = soon.map(({ at }) => at);
  const window = {
    from: instantOf(Math.min(...starts, soonest)),
    to: instantOf(Math.max(...starts, 0) + TOGETHER_HOURS * HOUR),
  };
  const claims =
    soon.length === 0 || timesEach <= 1
      ? undefined
      : await read(
          window,
          soon.map(({ practitionerId }) => practitionerId),
        );
  const scheduleOf = new Map(schedules.practitioners.map((schedule) => [schedule.id, schedule]));
  return page.map(({ practitionerId, first }) => {
    if (!first) return { practitionerId, visitTypeId: undefined, slots: [] };
    const { at, type } = first;
    const schedule = scheduleOf.get(practitionerId);
    const together = { from: instantOf(at), to: instantOf(at + TOGETHER_HOURS * HOUR) };
    const times =
      claims && schedule && at < soonest
        ? startsOf(schedule, type, schedules, claims, together, now).slice(0, timesEach)
        : [at];
    return { practitionerId, visitTypeId: type.id, slots: times.map((start) => toFreeSlot(start, type)) };
  });
}

const instantOf = Temporal.Instant.fromEpochMilliseconds;
