import type { Temporal } from "temporal-polyfill";
import { isOffered } from "@/lib/availability/data/offer";
import { peakSeats, seatsFor } from "@/lib/availability/rules/seats";
import { env } from "@/lib/core/env";
import { ok, type Result, refuse } from "@/lib/core/result";
import type { Tx } from "@/lib/db/client";
import type { VisitType } from "@/lib/db/generated/client";
import { lockPractitioners, lockSeats } from "@/lib/db/locks";
import { toDate } from "@/lib/time/instant";

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

/** An expired hold still has its row, which the constraint would count. */
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
  const slots = await tx.slot.findMany({
    where: {
      visitStartAt: { lt: toDate(visit.end) },
      visitEndAt: { gt: toDate(visit.start) },
      OR: [{ expiresAt: null }, { expiresAt: { gt: toDate(now) } }],
      ...(exceptSlotId === undefined ? {} : { id: { not: exceptSlotId } }),
    },
    select: { visitStartAt: true, visitEndAt: true, seats: true },
  });
  return peakSeats(
    slots.map((slot) => ({
      start: slot.visitStartAt.getTime(),
      end: slot.visitEndAt.getTime(),
      seats: slot.seats,
    })),
    { start: visit.start.epochMilliseconds, end: visit.end.epochMilliseconds },
  );
}

/** What is claimed: a visit type that its practitioner offers, both open to booking. */
export type Offer = {
  practitioner: { userId: string; entry: "guest" | "account" };
  visitType: Pick<VisitType, "id"> & Lengths;
};

type Wanted = { practitionerId: string; visitTypeId: string; startAt: Temporal.Instant };

/** The practitioner and the visit type of a claim, if both can be booked. */
export async function findOffer(tx: Tx, { practitionerId, visitTypeId }: Wanted): Promise<Offer | undefined> {
  const practitioner = await tx.practitioner.findFirst({
    where: { id: practitionerId, active: true },
    select: { userId: true, entry: true },
  });
  const visitType = await tx.visitType.findFirst({ where: { id: visitTypeId, active: true } });
  return practitioner && visitType ? { practitioner, visitType } : undefined;
}

/**
 * Whether a start may be claimed: by hours, grid, notice, horizon and the day's limit, then by guest seats. The caller holds the
 * locks of {@link lockClaims}; whether the time itself is free, the constraint says.
 *
 * @returns how many seats the claim takes
 */
export async function checkClaim(
  tx: Tx,
  wanted: Wanted,
  { practitioner, visitType }: Offer,
  now: Temporal.Instant,
  exceptSlotId?: string,
): Promise<Result<{ seats: number }, "not_offered" | "no_guest_seat">> {
  if (!(await isOffered(tx, { ...wanted, now }))) return refuse("not_offered");
  return checkSeats(tx, claimOf(visitType, wanted.startAt).visit, practitioner, now, exceptSlotId);
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
