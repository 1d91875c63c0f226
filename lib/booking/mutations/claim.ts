import type { Temporal } from "temporal-polyfill";
import { offerRefusal } from "@/lib/availability/data/offer";
import { peakSeats, seatsFor } from "@/lib/availability/rules/seats";
import { env } from "@/lib/core/env";
import { ok, type Result, refuse } from "@/lib/core/result";
import type { Tx } from "@/lib/db/client";
import type { VisitType } from "@/lib/db/generated/client";
import { lockPractitioners, lockSeats } from "@/lib/db/locks";
import { compareInstants, toDate, toInstant } from "@/lib/time/instant";
import { listSeatClaims } from "../data/seats";

export type Period = { start: Temporal.Instant; end: Temporal.Instant };

type Lengths = { durationMinutes: number; bufferBeforeMinutes: number; bufferAfterMinutes: number };

/** What a visit of a type that starts then takes: its own time, and the practitioner's with the buffers around it. */
export function claimOf(visitType: Lengths, startAt: Temporal.Instant): { visit: Period; claim: Period } {
  const visit = { start: startAt, end: startAt.add({ minutes: visitType.durationMinutes }) };
  const claim = {
    start: visit.start.subtract({ minutes: visitType.bufferBeforeMinutes }),
    end: visit.end.add({ minutes: visitType.bufferAfterMinutes }),
  };
  return { visit, claim };
}

/** A claim as its columns. */
export const claimColumns = ({ visit, claim }: { visit: Period; claim: Period }) => ({
  startAt: toDate(claim.start),
  endAt: toDate(claim.end),
  visitStartAt: toDate(visit.start),
  visitEndAt: toDate(visit.end),
});

/** The locks of every claim, in the house's order: seats where they are counted, then the practitioners' time. */
export async function lockClaims(tx: Tx, practitionerIds: readonly string[]): Promise<void> {
  if (env().TRUECONF_GUEST_SEATS !== undefined) await lockSeats(tx);
  await lockPractitioners(tx, practitionerIds);
}

/** An expired hold still has its row, which the constraint would count. Offers that have run out are ended before: see `waitlist-end`. */
export async function dropExpiredHolds(
  tx: Tx,
  practitionerId: string,
  claim: Period,
  now: Temporal.Instant,
): Promise<void> {
  await tx.slot.deleteMany({
    where: {
      practitionerId,
      status: "busy_tentative",
      holderHash: { not: null },
      expiresAt: { lte: toDate(now) },
      startAt: { lt: toDate(claim.end) },
      endAt: { gt: toDate(claim.start) },
    },
  });
}

/**
 * Clears a claim's way of holds that have run out. Under the practitioner's lock, so what it says of the rest stands until the end:
 * also of visits that were booked on top of others, which the constraint leaves out.
 *
 * @param exceptSlotId a claim that is about to be replaced
 * @returns whether something stands in the way that stays there
 */
export async function clearWay(
  tx: Tx,
  { practitionerId, claim }: { practitionerId: string; claim: Period },
  now: Temporal.Instant,
  exceptSlotId?: string,
): Promise<boolean> {
  const found = await tx.slot.findMany({
    where: { practitionerId, startAt: { lt: toDate(claim.end) }, endAt: { gt: toDate(claim.start) } },
    select: { id: true, expiresAt: true },
  });
  const others = found.filter(({ id }) => id !== exceptSlotId);
  const hasRunOut = ({ expiresAt }: { expiresAt: Date | null }) =>
    expiresAt !== null && compareInstants(toInstant(expiresAt), now) <= 0;
  if (others.some(hasRunOut)) await dropExpiredHolds(tx, practitionerId, claim, now);
  return others.some((claimed) => !hasRunOut(claimed));
}

/**
 * The most guest seats in use at any moment of a visit, by live appointments and holds.
 *
 * @param exceptSlotId a claim that is about to be replaced
 */
export async function seatsTaken(
  tx: Tx,
  visit: Period,
  now: Temporal.Instant,
  exceptSlotId?: string,
): Promise<number> {
  return peakSeats(await listSeatClaims(tx, visit, now, exceptSlotId), {
    start: visit.start.epochMilliseconds,
    end: visit.end.epochMilliseconds,
  });
}

/** What is claimed: a visit type that its practitioner offers, both open to booking. */
export type Offer = {
  practitioner: { userId: string; entry: "guest" | "account" };
  visitType: Pick<VisitType, "id"> & Lengths;
};

type Wanted = { practitionerId: string; visitTypeId: string; startAt: Temporal.Instant };

/** The practitioner and the visit type of a claim, if both can be booked. One query, since it runs under the practitioner's lock. */
export async function findOffer(tx: Tx, { practitionerId, visitTypeId }: Wanted): Promise<Offer | undefined> {
  const [row] = await tx.$queryRaw<(Offer["practitioner"] & Offer["visitType"])[]>`
    SELECT p."user_id" AS "userId", p."entry"::text AS "entry", t."id", t."duration_minutes" AS "durationMinutes",
      t."buffer_before_minutes" AS "bufferBeforeMinutes", t."buffer_after_minutes" AS "bufferAfterMinutes"
    FROM "practitioner" p CROSS JOIN "visit_type" t
    WHERE p."id" = ${practitionerId}::uuid AND p."active" AND t."id" = ${visitTypeId}::uuid AND t."active"`;
  if (!row) return undefined;
  const { userId, entry, ...visitType } = row;
  return { practitioner: { userId, entry }, visitType };
}

/** Who claims, as far as that makes a difference. */
export type Claimant = {
  /** What of theirs is about to be replaced. */
  exceptSlotId?: string | undefined;
  exceptHolder?: Uint8Array | undefined;
  /** Without notice and horizon. */
  forStaff?: boolean | undefined;
};

/**
 * Whether a start may be claimed: by hours, grid, notice, horizon and the day's limit, then by guest seats. The caller holds the
 * locks of {@link lockClaims}; whether the time itself is free, {@link clearWay} and the constraint say.
 *
 * @returns how many seats the claim takes
 */
export async function checkClaim(
  tx: Tx,
  wanted: Wanted,
  { practitioner, visitType }: Offer,
  { exceptSlotId, exceptHolder, forStaff }: Claimant,
  now: Temporal.Instant,
): Promise<Result<{ seats: number }, "not_offered" | "day_full" | "no_guest_seat">> {
  const { practitionerId, visitTypeId, startAt } = wanted;
  const refusal = await offerRefusal(tx, {
    practitionerId,
    visitTypeId,
    startAt,
    now,
    exceptHolder,
    forStaff,
  });
  if (refusal) return refuse(refusal);
  return checkSeats(tx, claimOf(visitType, startAt).visit, practitioner, now, exceptSlotId);
}

/** Whether the licence has guest seats left for a visit. */
export async function checkSeats(
  tx: Tx,
  visit: Period,
  { entry }: Pick<Offer["practitioner"], "entry">,
  now: Temporal.Instant,
  exceptSlotId?: string,
): Promise<Result<{ seats: number }, "no_guest_seat">> {
  const seats = seatsFor(entry);
  const limit = env().TRUECONF_GUEST_SEATS;
  if (limit !== undefined && (await seatsTaken(tx, visit, now, exceptSlotId)) + seats > limit)
    return refuse("no_guest_seat");
  return ok({ seats });
}
