import type { Temporal } from "temporal-polyfill";
import type { Db } from "@/lib/db/client";
import { toDate, toInstant } from "@/lib/time/instant";
import { instantEnd, type StandingClaim } from "../rules/instant";
import { OVER, spareSeats } from "./seats";

/** What stands on a practitioner's time from now on and is still to be kept. An offer that has run out stands until it is ended. */
export async function listStanding(
  db: Db,
  practitionerId: string,
  now: Temporal.Instant,
): Promise<StandingClaim[]> {
  const rows = await db.slot.findMany({
    where: {
      practitionerId,
      endAt: { gt: toDate(now) },
      OR: [{ expiresAt: null }, { expiresAt: { gt: toDate(now) } }, { appointmentId: { not: null } }],
      NOT: { appointment: { status: { in: [...OVER] } } },
    },
    select: { startAt: true, endAt: true },
  });
  return rows.map(({ startAt, endAt }) => ({ start: toInstant(startAt), end: toInstant(endAt) }));
}

/** The claims of visits that ended before their time: a practitioner's or a patient's. */
export const listLeftOver = (
  db: Db,
  { practitionerId, patientId }: { practitionerId: string; patientId: string },
  now: Temporal.Instant,
) =>
  db.slot.findMany({
    where: {
      AND: [
        { OR: [{ practitionerId }, { patientId }] },
        { endAt: { gt: toDate(now) }, appointment: { status: { in: [...OVER] } } },
      ],
    },
    select: { id: true, visitStartAt: true },
    orderBy: { id: "asc" },
  });

/**
 * Whether a practitioner is in a visit at the moment, also in one that has overrun its time. Unscoped, since it says of the
 * practitioner's time that it is taken, and not by whom.
 */
export const unsafeIsInVisit = async (db: Db, practitionerId: string): Promise<boolean> =>
  (await db.encounter.count({ where: { status: "in_progress", appointment: { practitionerId } } })) > 0;

/**
 * How long a practitioner's visit may last that would begin now. It promises nothing: `createInstantVisit` looks again.
 *
 * @returns whole minutes, and the guest seats that are free for all of it, which may be too few; nothing where they are busy, do not offer the
 * visit type, or under ten minutes remain
 */
export async function instantRoom(
  db: Db,
  practitionerId: string,
  visitTypeId: string,
  now: Temporal.Instant,
): Promise<{ minutes: number; spareSeats: number } | undefined> {
  const visitType = await db.visitType.findFirst({
    where: { id: visitTypeId, active: true, practitioners: { some: { practitionerId } } },
    select: { durationMinutes: true },
  });
  if (!visitType || (await unsafeIsInVisit(db, practitionerId))) return undefined;
  const standing = await listStanding(db, practitionerId, now);
  const end = instantEnd(standing, visitType.durationMinutes, now);
  if (typeof end === "string") return undefined;
  return {
    minutes: Math.floor(now.until(end).total("minutes")),
    spareSeats: await spareSeats(db, end, now),
  };
}
