import type { Temporal } from "temporal-polyfill";
import { seatsTaken } from "@/lib/booking/mutations/claim";
import { env } from "@/lib/core/env";
import type { Tx } from "@/lib/db/client";
import { toInstant } from "@/lib/time/instant";
import { unsafeCountSeatsInUse } from "../data/seats";
import type { VisitRow } from "../data/visits";

/**
 * Gives a visit's claim another number of guest seats, under the seats' lock. More of them only where the licence has them at every
 * moment of the visit's time, beside what is claimed, and now, beside what is in use by others: one that overran its time is in nobody's
 * claim any more.
 *
 * @returns whether there are so many
 */
export async function takeSeats(
  tx: Tx,
  { id: appointmentId, encounter }: VisitRow,
  seatsOf: (present: number) => number,
  now: Temporal.Instant,
): Promise<boolean> {
  const slot = await tx.slot.findUnique({ where: { appointmentId } });
  if (!slot) return true;
  const seats = seatsOf(slot.seats);
  const limit = env().TRUECONF_GUEST_SEATS;
  if (limit !== undefined && seats > slot.seats) {
    const period = { start: toInstant(slot.visitStartAt), end: toInstant(slot.visitEndAt) };
    if ((await seatsTaken(tx, period, now, slot.id)) + seats > limit) return false;
    const isBegun = encounter.status === "in_progress";
    if (isBegun && (await unsafeCountSeatsInUse(tx, appointmentId, now)) + seats > limit) return false;
  }
  await tx.slot.update({ where: { id: slot.id }, data: { seats } });
  return true;
}
