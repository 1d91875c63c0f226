import type { Temporal } from "temporal-polyfill";
import { seatsFor } from "@/lib/availability/rules/seats";
import { instantRoom } from "@/lib/booking/data/instant";
import type { Db } from "@/lib/db/client";
import { toDate, toInstant } from "@/lib/time/instant";
import { NOT_AGAIN_MINUTES, SILENT_AFTER_SECONDS } from "../constants";
import type { OnDuty, Waiting } from "../rules/order";

/** Since when somebody's page must have been there to count as present. */
export const presentSince = (now: Temporal.Instant): Temporal.Instant =>
  now.subtract({ seconds: SILENT_AFTER_SECONDS });

/**
 * Those of a specialty's line who are there and whom nobody is being asked for. Unscoped, for the job that keeps the line: who they are
 * is not in it.
 */
export async function unsafeListWaiting(
  db: Db,
  specialtyId: string,
  now: Temporal.Instant,
): Promise<Waiting[]> {
  const rows = await db.queueEntry.findMany({
    where: {
      specialtyId,
      status: "waiting",
      seenAt: { gte: toDate(presentSince(now)) },
      offers: { none: { status: "open" } },
    },
    include: {
      offers: {
        where: {
          status: { in: ["declined", "expired"] },
          endedAt: { gte: toDate(now.subtract({ minutes: NOT_AGAIN_MINUTES })) },
        },
        select: { practitionerId: true },
      },
    },
  });
  return rows.map(({ id, visitTypeId, language, priority, joinedAt, offers }) => ({
    entryId: id,
    visitTypeId,
    language: language ?? undefined,
    priority,
    joinedAt: toInstant(joinedAt).epochMilliseconds,
    notBy: new Set(offers.map(({ practitionerId }) => practitionerId)),
  }));
}

/**
 * The practitioners of a specialty who are on duty, at their page, and asked for nobody; with what they could begin now. Unscoped, for
 * the same job: of visits it asks when the last one ended.
 */
export async function unsafeListOnDuty(
  db: Db,
  specialtyId: string,
  visitTypeIds: readonly string[],
  now: Temporal.Instant,
): Promise<OnDuty[]> {
  const rows = await db.queueDuty.findMany({
    where: {
      seenAt: { gte: toDate(presentSince(now)) },
      practitioner: { specialtyId, active: true, queueOffers: { none: { status: "open" } } },
    },
    include: { practitioner: { select: { languages: true, entry: true } } },
  });
  const onDuty: OnDuty[] = [];
  for (const { practitionerId, idleSince, practitioner } of rows) {
    const canBegin = new Map<string, number>();
    for (const visitTypeId of visitTypeIds) {
      const room = await instantRoom(db, practitionerId, visitTypeId, now);
      if (room) canBegin.set(visitTypeId, room.spareSeats);
    }
    const lastEnd = await db.encounter.aggregate({
      where: { appointment: { practitionerId } },
      _max: { endedAt: true },
    });
    onDuty.push({
      practitionerId,
      languages: practitioner.languages,
      canBegin,
      seats: seatsFor(practitioner.entry),
      idleSince: Math.max(idleSince.getTime(), lastEnd._max.endedAt?.getTime() ?? 0),
    });
  }
  return onDuty;
}

/** How many guest seats the visits take that are being offered at the moment. Unscoped, for the same job: of all lines, and of nobody in them. */
export async function unsafeCountPromisedSeats(db: Db, now: Temporal.Instant): Promise<number> {
  const open = await db.queueOffer.findMany({
    where: { status: "open", expiresAt: { gt: toDate(now) } },
    select: { practitioner: { select: { entry: true } } },
  });
  return open.reduce((sum, { practitioner }) => sum + seatsFor(practitioner.entry), 0);
}
