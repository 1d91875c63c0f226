import type { Temporal } from "temporal-polyfill";
import { listStanding, unsafeIsInVisit } from "@/lib/booking/data/instant";
import { SHORTEST_INSTANT_MINUTES } from "@/lib/booking/rules/instant";
import type { Db } from "@/lib/db/client";
import { toDate, toInstant } from "@/lib/time/instant";
import type { Waiting } from "../rules/order";
import { freeInMinutes } from "../rules/waits";
import { presentSince } from "./line";

/** A practitioner on duty who is at their page, with what they may be asked for and when they are free. */
export type Taker = {
  practitionerId: string;
  languages: readonly string[];
  visitTypeIds: ReadonlySet<string>;
  /** Nothing where it is not known: they are in a visit that has overrun its time. */
  freeInMinutes: number | undefined;
};

/** Everybody of a specialty who is on duty and there, busy or not. */
export async function listTakers(db: Db, specialtyId: string, now: Temporal.Instant): Promise<Taker[]> {
  const rows = await db.queueDuty.findMany({
    where: {
      seenAt: { gte: toDate(presentSince(now)) },
      practitioner: { specialtyId, active: true },
    },
    include: {
      practitioner: { select: { languages: true, visitTypes: { select: { visitTypeId: true } } } },
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
    });
  }
  return takers;
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
