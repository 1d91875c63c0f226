import type { Temporal } from "temporal-polyfill";
import { peakSeats, type SeatClaim } from "@/lib/availability/rules/seats";
import { env } from "@/lib/core/env";
import type { Db } from "@/lib/db/client";
import { toDate } from "@/lib/time/instant";

/** Nothing is left to be kept of a claim whose visit is one of these. */
export const OVER = ["fulfilled", "cancelled", "noshow"] as const;

type Period = { start: Temporal.Instant; end: Temporal.Instant };

/**
 * The guest seats that are claimed within a period, by live appointments and holds. A visit that has ended before its time has left its seats.
 *
 * @param exceptSlotId a claim that is about to be replaced
 */
export async function listSeatClaims(
  db: Db,
  { start, end }: Period,
  now: Temporal.Instant,
  exceptSlotId?: string,
): Promise<SeatClaim[]> {
  const slots = await db.slot.findMany({
    where: {
      visitStartAt: { lt: toDate(end) },
      visitEndAt: { gt: toDate(start) },
      OR: [{ expiresAt: null }, { expiresAt: { gt: toDate(now) } }],
      NOT: { appointment: { status: { in: [...OVER] } } },
      ...(exceptSlotId === undefined ? {} : { id: { not: exceptSlotId } }),
    },
    select: { visitStartAt: true, visitEndAt: true, seats: true },
  });
  return slots.map(({ visitStartAt, visitEndAt, seats }) => ({
    start: visitStartAt.getTime(),
    end: visitEndAt.getTime(),
    seats,
  }));
}

/**
 * The same from this moment on, for what begins now: a visit that has overrun its time is still in its seats, and nobody knows how long, so its
 * claim has no end.
 */
export async function listSeatsFromNow(
  db: Db,
  end: Temporal.Instant,
  now: Temporal.Instant,
): Promise<SeatClaim[]> {
  const overrun = await db.slot.aggregate({
    where: { visitEndAt: { lte: toDate(now) }, appointment: { encounter: { status: "in_progress" } } },
    _sum: { seats: true },
  });
  const claims = await listSeatClaims(db, { start: now, end }, now);
  const seats = overrun._sum.seats ?? 0;
  return seats === 0
    ? claims
    : [...claims, { start: now.epochMilliseconds, end: Number.POSITIVE_INFINITY, seats }];
}

/**
 * How many guest seats are free for all of a visit that begins now.
 *
 * @returns infinitely many where the clinic does not count them
 */
export async function spareSeats(db: Db, end: Temporal.Instant, now: Temporal.Instant): Promise<number> {
  const limit = env().TRUECONF_GUEST_SEATS;
  if (limit === undefined) return Number.POSITIVE_INFINITY;
  const claims = await listSeatsFromNow(db, end, now);
  return limit - peakSeats(claims, { start: now.epochMilliseconds, end: end.epochMilliseconds });
}
