import { setTimeout as delay } from "node:timers/promises";
import type { Temporal } from "temporal-polyfill";
import { bookAppointment } from "@/lib/booking/mutations/book";
import type { Booked, Booking, BookingRefusal } from "@/lib/booking/types/booking";
import { logger } from "@/lib/core/logger";
import type { Result } from "@/lib/core/result";
import { OPEN_BUDGET_MS } from "../constants";
import { openConference } from "./open-conference";

/**
 * Books a visit and opens its conference. The booking stands once it is committed; TrueConf is waited for only briefly, and
 * whatever it has not done by then the job does.
 */
export async function bookVisit(
  booking: Booking,
  now: Temporal.Instant,
): Promise<Result<Booked, BookingRefusal>> {
  const booked = await bookAppointment(booking, now);
  if (booked.ok) {
    const { appointmentId } = booked.value;
    const opening = openConference(appointmentId, now).catch((error: unknown) => {
      logger().warn({ err: error, appointmentId }, "visits: opening the conference is left to the job");
    });
    await Promise.race([opening, delay(OPEN_BUDGET_MS)]);
  }
  return booked;
}
