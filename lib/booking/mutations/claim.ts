import type { Temporal } from "temporal-polyfill";
import { peakSeats } from "@/lib/availability/rules/seats";
import type { Tx } from "@/lib/db/client";
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
      expiresAt: { lte: toDate(now) },
      startAt: { lt: toDate(claim.end) },
      endAt: { gt: toDate(claim.start) },
    },
  });
}

/** The most guest seats in use at any moment of a visit, by live appointments and holds. */
export async function seatsTaken(tx: Tx, visit: Period, now: Temporal.Instant): Promise<number> {
  const slots = await tx.slot.findMany({
    where: {
      visitStartAt: { lt: toDate(visit.end) },
      visitEndAt: { gt: toDate(visit.start) },
      OR: [{ expiresAt: null }, { expiresAt: { gt: toDate(now) } }],
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
