import type { Temporal } from "temporal-polyfill";
import { env } from "@/lib/core/env";
import type { Db } from "@/lib/db/client";
import { type PractitionerEntry, Prisma } from "@/lib/db/generated/client";
import { VISIT_TYPE_BOUNDS } from "@/lib/directory/constants";
import { toDate } from "@/lib/time/instant";
import { crowdedIntervals, type Interval, type SeatClaim, seatsFor } from "../rules/seats";
import type { Claim } from "../rules/why-not";
import { idArray, type OfferedType, type Period } from "./schedules";

/** Whose claims are no obstacle. */
export type Exceptions = {
  /** SHA-256 of the visitor whose own hold does not count. */
  exceptHolder?: Uint8Array | undefined;
  /** An appointment that is being moved. */
  exceptAppointmentId?: string | undefined;
};

/** What stands in the way of some practitioners' visits, besides their schedules. */
export type Claims = {
  /** Of one practitioner, with buffers, and the visits' own times. */
  busyOf: (practitionerId: string) => readonly Claim[];
  /** Starts of visits of one type, for its limit a day. */
  startsOf: (practitionerId: string, visitTypeId: string) => readonly number[];
  /** Since when and until when the licence has no guest seats left for one more visit of such a practitioner. */
  crowdedFor: (entry: PractitionerEntry) => readonly Interval[];
};

const EVERYWHERE: readonly Interval[] = [{ start: Number.NEGATIVE_INFINITY, end: Number.POSITIVE_INFINITY }];

/** Nothing is claimed, and guest seats never run out. */
export const NO_CLAIMS: Claims = { busyOf: () => [], startsOf: () => [], crowdedFor: () => [] };

/** No civil date is longer, clocks put back included: all of a date's visits count, wherever in it a period begins. */
const LONGEST_DATE_HOURS = 30;

/** By so much a visit may end before its claim does, and after its claim begins. */
const LONGEST_BUFFER_MINUTES = VISIT_TYPE_BOUNDS.bufferAfterMinutes.max;
const LONGEST_CLAIM_MINUTES =
  VISIT_TYPE_BOUNDS.bufferBeforeMinutes.max + VISIT_TYPE_BOUNDS.durationMinutes.max;

/** What is read of everybody, as one value; milliseconds, instants since 1970. */
type Read = {
  /** Columns: of each claim its start, its end, and those of the visit without buffers. */
  busy: [
    practitionerId: string,
    claims: [starts: number[], ends: number[], visitStarts: number[], visitEnds: number[]],
  ][];
  starts: [practitionerId: string, visitTypeId: string, starts: number[]][];
  seats: [start: number, end: number, seats: number][];
};

/**
 * The live claims that meet a period with any of the visit types: appointments, offers and holds that have not run out; and, where
 * the licence's guest seats are counted, the seats that the whole clinic takes. One query.
 */
export async function loadClaims(
  db: Db,
  practitionerIds: readonly string[],
  types: readonly OfferedType[],
  { from, to }: Period,
  { exceptHolder, exceptAppointmentId }: Exceptions,
  now: Temporal.Instant,
): Promise<Claims> {
  const seatLimit = env().TRUECONF_GUEST_SEATS;
  const before = Math.max(0, ...types.map((type) => type.bufferBeforeMinutes));
  const after = Math.max(0, ...types.map((type) => type.durationMinutes + type.bufferAfterMinutes));
  const limited = types.filter(({ maxPerDay }) => maxPerDay !== undefined).map(({ id }) => id);
  const theirs = Prisma.sql`s."practitioner_id" = ANY(${idArray(practitionerIds)})`;
  const live = Prisma.sql`
    -- A hold that has run out still has its row until somebody needs its place.
    (s."expires_at" IS NULL OR s."expires_at" > ${toDate(now)})
    ${exceptHolder ? Prisma.sql`AND s."holder_hash" IS DISTINCT FROM ${exceptHolder}` : Prisma.empty}
    ${exceptAppointmentId ? Prisma.sql`AND s."appointment_id" IS DISTINCT FROM ${exceptAppointmentId}::uuid` : Prisma.empty}`;
  const [first, last] = [from.subtract({ minutes: before }), to.add({ minutes: after })];
  const during = Prisma.sql`${live} AND ${meets(first, last)}`;
  const firstOfDates = from.subtract({ hours: LONGEST_DATE_HOURS });
  const lastOfDates = to.add({ hours: LONGEST_DATE_HOURS });
  const thoseDates = Prisma.sql`${live} AND ${meets(firstOfDates, lastOfDates)}`;
  const isFew = practitionerIds.length <= FEW;

  const [read] = await db.$queryRaw<{ busy: string; starts: string; seats: string }[]>`
    SELECT
      (SELECT coalesce(json_agg(json_build_array(c."practitioner_id", c."claims")), '[]')::text FROM (
        SELECT s."practitioner_id", json_build_array(
          json_agg(${epochMs("start_at")}), json_agg(${epochMs("end_at")}),
          json_agg(${epochMs("visit_start_at")}), json_agg(${epochMs("visit_end_at")})
        ) AS "claims"
        FROM ${isFew ? SLOT : slotsDuring(first, last)} s WHERE ${theirs} AND ${during} GROUP BY s."practitioner_id"
      ) c) AS "busy",
      ${
        limited.length === 0
          ? NOTHING
          : Prisma.sql`(SELECT coalesce(json_agg(json_build_array(c."practitioner_id", c."visit_type_id", c."starts")), '[]')::text FROM (
            SELECT s."practitioner_id", s."visit_type_id", json_agg(${epochMs("visit_start_at")}) AS "starts"
            FROM ${isFew ? SLOT : slotsDuring(firstOfDates, lastOfDates)} s
            WHERE ${theirs} AND s."visit_type_id" = ANY(${idArray(limited)}) AND ${thoseDates}
            GROUP BY s."practitioner_id", s."visit_type_id"
          ) c)`
      } AS "starts",
      ${
        seatLimit === undefined
          ? NOTHING
          : Prisma.sql`(SELECT coalesce(json_agg(json_build_array(t."start", t."end", t."seats")), '[]')::text FROM (
            SELECT ${epochMs("visit_start_at")} AS "start", ${epochMs("visit_end_at")} AS "end", sum(s."seats") AS "seats"
            FROM ${slotsDuring(first, last)} s WHERE ${during} GROUP BY s."visit_start_at", s."visit_end_at"
          ) t)`
      } AS "seats"`;
  const parse = (text: string | undefined) => JSON.parse(text ?? "[]");
  return toClaims(
    { busy: parse(read?.busy), starts: parse(read?.starts), seats: parse(read?.seats) },
    seatLimit,
  );
}

const NOTHING = Prisma.sql`'[]'`;

/** So few practitioners' claims are found by the practitioner, those of more by the time. */
const FEW = 50;
const SLOT = Prisma.sql`"slot"`;

/** Claims that meet `[first, last)`. */
const meets = (first: Temporal.Instant, last: Temporal.Instant): Prisma.Sql => Prisma.sql`
  s."end_at" > ${toDate(first)} AND s."start_at" < ${toDate(last)}`;

/**
 * The slots among which the claims of `[first, last)` are, by the one column that has an index of its own: what is long over or far
 * ahead is not looked at. OFFSET keeps PostgreSQL from looking at everything after a date beside it: it takes the ends of a
 * claim and of its visit for independent.
 */
const slotsDuring = (first: Temporal.Instant, last: Temporal.Instant): Prisma.Sql => Prisma.sql`(
  SELECT * FROM "slot"
  WHERE "visit_end_at" > ${toDate(first.subtract({ minutes: LONGEST_BUFFER_MINUTES }))}
    AND "visit_end_at" < ${toDate(last.add({ minutes: LONGEST_CLAIM_MINUTES }))}
  OFFSET 0
)`;

const epochMs = (column: string): Prisma.Sql =>
  Prisma.raw(`(date_part('epoch', s."${column}") * 1000)::bigint`);

function toClaims(read: Read, seatLimit: number | undefined): Claims {
  const busy = new Map<string, Claim[]>();
  const starts = new Map<string, number[]>();
  for (const [practitionerId, claims] of read.busy) {
    const [starts, ends, visitStarts, visitEnds] = claims;
    const theirs = starts.map((start, at) => ({
      start,
      end: ends[at] ?? start,
      visitStart: visitStarts[at] ?? start,
      visitEnd: visitEnds[at] ?? start,
    }));
    busy.set(practitionerId, theirs);
  }
  for (const [practitionerId, visitTypeId, begun] of read.starts)
    starts.set(`${practitionerId} ${visitTypeId}`, begun);
  const seats = read.seats.map(([start, end, taken]) => ({ start, end, seats: taken }));
  return {
    busyOf: (practitionerId) => busy.get(practitionerId) ?? [],
    startsOf: (practitionerId, visitTypeId) => starts.get(`${practitionerId} ${visitTypeId}`) ?? [],
    crowdedFor: crowding(seats, seatLimit),
  };
}

/** Worked out once for each way of entering, not for each practitioner. */
function crowding(seats: readonly SeatClaim[], limit: number | undefined): Claims["crowdedFor"] {
  if (limit === undefined) return () => [];
  const known = new Map<PractitionerEntry, readonly Interval[]>();
  return (entry) => {
    const left = limit - seatsFor(entry);
    const crowded = known.get(entry) ?? (left < 0 ? EVERYWHERE : crowdedIntervals(seats, left));
    known.set(entry, crowded);
    return crowded;
  };
}
