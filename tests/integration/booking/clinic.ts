import { Temporal } from "temporal-polyfill";
import type { Booking } from "@/lib/booking/types/booking";
import { newId } from "@/lib/core/ids";
import { db } from "@/lib/db/client";
import { makePractitioner, makeRules, makeVisitType } from "@/tests/support/factories";

/** The present minute's beginning: never after what a job reads from the clock itself. */
export const minuteNow = (): Temporal.Instant =>
  Temporal.Now.instant().round({ smallestUnit: "minute", roundingMode: "floor" });

/** Of this file, whatever hour comes meanwhile. */
const NEXT_HOUR = Temporal.Now.instant().round({ smallestUnit: "hour", roundingMode: "ceil" });

/** The next full hour after so many hours: on every grid that divides an hour. */
export const inHours = (hours: number): Temporal.Instant => NEXT_HOUR.add({ hours });

/** A practitioner with hours around the clock, who offers one new visit type. */
export async function openClinic({
  visitType: limits = {},
  practitioner: details = {},
}: {
  visitType?: Partial<Parameters<typeof makeVisitType>[1]>;
  practitioner?: Partial<Parameters<typeof makePractitioner>[1]>;
} = {}) {
  const now = minuteNow();
  const visitType = await makeVisitType(db(), { now, ...limits });
  const practitioner = await makePractitioner(db(), {
    now,
    timeZone: "UTC",
    visitTypeIds: [visitType.id],
    ...details,
  });
  await makeRules(db(), practitioner.id);
  return { visitType, practitioner };
}

/** What a guest's form sends. */
export const guestBooking = (
  { visitType, practitioner }: { visitType: { id: string }; practitioner: { id: string } },
  startAt: Temporal.Instant,
  over: Partial<Booking> = {},
): Booking => ({
  practitionerId: practitioner.id,
  visitTypeId: visitType.id,
  startAt,
  reason: "An invented reason",
  idempotencyKey: newId(),
  booker: { kind: "guest", name: "Paula Beispiel", email: "paula@example.org", phone: undefined },
  answers: {},
  consentTextIds: [],
  locale: "en",
  timeZone: "Europe/Berlin",
  address: undefined,
  ...over,
});
