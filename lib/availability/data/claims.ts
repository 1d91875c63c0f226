import type { Temporal } from "temporal-polyfill";
import { env } from "@/lib/core/env";
import type { Db } from "@/lib/db/client";
import { type PractitionerEntry, Prisma } from "@/lib/db/generated/client";
import { toDate } from "@/lib/time/instant";
import { crowdedIntervals, type Interval, type SeatClaim, seatsFor } from "../rules/seats";
import type { OfferedType, Period } from "./schedules";

/** Whose claims are no obstacle. */
export type Exceptions = {
  /** SHA-256 of the visitor whose own hold does not count. */
  exceptHolder?: Uint8Array | undefined;
  /** An appointment that is being moved. */
  exceptAppointmentId?: string | undefined;
};

/** What stands in the way of some practitioners' visits, besides their schedules. */
export type Claims = {
  /** Of one practitioner, buffers included. */
  busyOf: (practitionerId: string) => readonly Interval[];
  /** Starts of visits of one type, for its limit a day. */
  startsOf: (practitionerId: string, visitTypeId: string) => readonly number[];
  /** Since when and until when the licence has no guest seats left for one more visit of such a practitioner. */
  crowdedFor: (entry: PractitionerEntry) => readonly Interval[];
};

const EVERYWHERE: readonly Interval[] = [{ start: Number.NEGATIVE_INFINITY, end: Number.POSITIVE_INFINITY }];

/** Nothing is claimed, and guest seats never run out. */
export const NO_CLAIMS: Claims = { busyOf: () => [], startsOf: () => [], crowdedFor: () => [] };

/** No civil date is longer: the visits of a date are counted wherever in it a period begins. */
const LONGEST_DATE_HOURS = 50;

/** Epoch milliseconds; arrays because tens of thousands of them are read at once. */
type ClaimRow = [start: number, end: number, visitStart: number, visitEnd: number, seats: number];

/**
 * The live claims that meet a period with any of the visit types: appointments, offers and holds that have not run out. One query;
 * where the licence's guest seats are counted, it reads the whole clinic's.
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
  const slack = types.some(({ maxPerDay }) => maxPerDay !== undefined) ? LONGEST_DATE_HOURS : 0;
  const rows = await db.$queryRaw<{ practitioner_id: string; visit_type_id: string; claims: ClaimRow[] }[]>`
    SELECT "practitioner_id", "visit_type_id", json_agg(json_build_array(
      (date_part('epoch', "start_at") * 1000)::bigint, (date_part('epoch', "end_at") * 1000)::bigint,
      (date_part('epoch', "visit_start_at") * 1000)::bigint, (date_part('epoch', "visit_end_at") * 1000)::bigint,
      "seats"
    )) AS "claims"
    FROM "slot"
    WHERE "end_at" > ${toDate(from.subtract({ hours: slack, minutes: before }))}
      AND "start_at" < ${toDate(to.add({ hours: slack, minutes: after }))}
      AND ${seatLimit === undefined ? Prisma.sql`"practitioner_id" = ANY(${practitionerIds}::uuid[])` : Prisma.sql`true`}
      -- A hold that has run out still has its row until somebody needs its place.
      AND ("expires_at" IS NULL OR "expires_at" > ${toDate(now)})
      AND ${exceptHolder ? Prisma.sql`"holder_hash" IS DISTINCT FROM ${exceptHolder}` : Prisma.sql`true`}
      AND ${exceptAppointmentId ? Prisma.sql`"appointment_id" IS DISTINCT FROM ${exceptAppointmentId}::uuid` : Prisma.sql`true`}
    GROUP BY "practitioner_id", "visit_type_id"`;

  const busy = new Map<string, Interval[]>();
  const starts = new Map<string, number[]>();
  const seats: SeatClaim[] = [];
  for (const { practitioner_id: practitionerId, visit_type_id: visitTypeId, claims } of rows) {
    const known = busy.get(practitionerId) ?? [];
    for (const [start, end] of claims) known.push({ start, end });
    busy.set(practitionerId, known);
    starts.set(
      `${practitionerId} ${visitTypeId}`,
      claims.map(([, , visitStart]) => visitStart),
    );
    if (seatLimit !== undefined)
      for (const [, , start, end, taken] of claims) seats.push({ start, end, seats: taken });
  }
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
