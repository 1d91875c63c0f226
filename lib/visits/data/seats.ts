import type { Temporal } from "temporal-polyfill";
import type { Db } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { toDate } from "@/lib/time/instant";
import { RING_SECONDS } from "../constants";

/**
 * The claims whose guest seats are in use at this moment, whatever time they were booked for: of visits in progress, also past their
 * time, and of those whose practitioner is being rung, whose patient comes in as soon as somebody answers.
 */
export const seatsInUse = (now: Temporal.Instant): Prisma.SlotWhereInput => ({
  appointment: {
    encounter: {
      OR: [
        { status: "in_progress" },
        {
          status: { in: ["planned", "arrived"] },
          calledAt: { gt: toDate(now.subtract({ seconds: RING_SECONDS })) },
        },
      ],
    },
  },
});

/**
 * How many guest seats others than one visit use at this moment. Unscoped, since the licence is the whole clinic's; whoever asks learns
 * a number.
 */
export async function unsafeCountSeatsInUse(
  db: Pick<Db, "slot">,
  exceptAppointmentId: string,
  now: Temporal.Instant,
): Promise<number> {
  const used = await db.slot.aggregate({
    _sum: { seats: true },
    where: { ...seatsInUse(now), appointmentId: { not: exceptAppointmentId } },
  });
  return used._sum.seats ?? 0;
}
