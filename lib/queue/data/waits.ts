import type { Temporal } from "temporal-polyfill";
import { seatsFor } from "@/lib/availability/rules/seats";
import { listStanding, unsafeIsInVisit } from "@/lib/booking/data/instant";
import { listSeatsFromNow } from "@/lib/booking/data/seats";
import { SHORTEST_INSTANT_MINUTES } from "@/lib/booking/rules/instant";
import { env } from "@/lib/core/env";
import type { Db } from "@/lib/db/client";
import { toDate, toInstant } from "@/lib/time/instant";
import type { Waiting } from "../rules/order";
import { freeInMinutes, type SeatFacts } from "../rules/waits";
import { presentSince } from "./line";

/** A practitioner on duty who is at their page, with what they may be asked for and when they are free. */
export type Taker = {
  practitionerId: string;
  languages: readonly string[];
  visitTypeIds: ReadonlySet<string>;
  /** Nothing where it is not known: they are in a visit that has overrun its time. */
  freeInMinutes: number | undefined;
  /** How many guest seats a visit of theirs takes. */
  seats: number;
};

/** Everybody of a specialty who is on duty and there, busy or not. */
export async function listTakers(db: Db, specialtyId: string, now: Temporal.Instant): Promise<Taker[]> {
  const rows = await db.queueDuty.findMany({
    where: {
      seenAt: { gte: toDate(presentSince(now)) },
      practitioner: { specialtyId, active: true },
    },
    include: {
      practitioner: {
        select: { languages: true, entry: true, visitTypes: { select: { visitTypeId: true } } },
      },
    },
  });
  const takers: Taker[] = [];
  for (const { practitionerId, practitioner } of rows) {
    const standing = await listStanding(db, practitionerId, now);
    const claims = standing.map(({ start, end }) => ({
      start: start.epochMilliseconds,
      end: end.epochMilliseconds,
    }));
    const isBusy = await unsafeIsInVisit(db, practitionerId);
    const isOverrun = isBusy && !claims.some(({ start }) => start <= now.epochMilliseconds);
    takers.push({
      practitionerId,
      languages: practitioner.languages,
      visitTypeIds: new Set(practitioner.visitTypes.map(({ visitTypeId }) => visitTypeId)),
      freeInMinutes: isOverrun
        ? undefined
        : freeInMinutes(claims, now.epochMilliseconds, SHORTEST_INSTANT_MINUTES),
      seats: seatsFor(practitioner.entry),
    });
  }
  return takers;
}

/** So far ahead claims on guest seats are looked at: nobody is told of a longer wait. */
const SEATS_AHEAD_HOURS = 12;

/** The clinic's guest seats and what stands on them, as waits are worked out; nothing where it does not count them. */
export async function readSeats(db: Db, now: Temporal.Instant): Promise<SeatFacts | undefined> {
  const limit = env().TRUECONF_GUEST_SEATS;
  if (limit === undefined) return undefined;
  const claims = await listSeatsFromNow(db, now.add({ hours: SEATS_AHEAD_HOURS }), now);
  const minutes = (at: number) => (at - now.epochMilliseconds) / 60_000;
  return {
    limit,
    claims: claims.map(({ start, end, seats }) => ({ start: minutes(start), end: minutes(end), seats })),
  };
}

/**
 * Everybody who waits for a specialty, whether they are being asked for or not, and whether their page is there or not. Unscoped, since
 * how long one waits depends on all the others; who they are is not in it, and pages tell how many.
 */
export async function unsafeListLine(db: Db, specialtyId: string): Promise<Waiting[]> {
  const rows = await db.queueEntry.findMany({ where: { specialtyId, status: "waiting" } });
  return rows.map(({ id, visitTypeId, language, priority, joinedAt }) => ({
    entryId: id,
    visitTypeId,
    language: language ?? undefined,
    priority,
    joinedAt: toInstant(joinedAt).epochMilliseconds,
    notBy: new Set(),
  }));
}
