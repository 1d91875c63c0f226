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
 * The same from this moment on, for what begins now. A visit in progress is in its seats also outside of its time: one that has overrun it for
 * nobody knows how long, so its claim has no end; one that was begun early until its time comes.
 */
export async function listSeatsFromNow(
  db: Db,
  end: Temporal.Instant,
  now: Temporal.Instant,
): Promise<SeatClaim[]> {
  const at = toDate(now);
  const outside = await db.slot.findMany({
    where: {
      OR: [{ visitEndAt: { lte: at } }, { visitStartAt: { gt: at } }],
      appointment: { encounter: { status: "in_progress" } },
    },
    select: { visitStartAt: true, seats: true },
  });
  const claims = await listSeatClaims(db, { start: now, end }, now);
  return [
    ...claims,
    ...outside.map(({ visitStartAt, seats }) => ({
      start: now.epochMilliseconds,
      end: visitStartAt > at ? visitStartAt.getTime() : Number.POSITIVE_INFINITY,
      seats,
    })),
  ];
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
