import { Temporal } from "temporal-polyfill";
import type { UserActor } from "@/lib/access/types";
import { findFreeSlots } from "@/lib/availability/data/slots";
import type { WeeklyInterval } from "@/lib/availability/types";
import { newId } from "@/lib/core/ids";
import { db } from "@/lib/db/client";
import { emptyClinic } from "@/tests/support/empty";
import {
  makeAppointment,
  makePatient,
  makePractitioner,
  makeRules,
  makeVisitType,
} from "@/tests/support/factories";

/** A Monday, 07:00 in Berlin. */
export const now = Temporal.Instant.from("2026-11-23T07:00:00+01:00");
export const MORNINGS: WeeklyInterval[] = ([1, 2, 3, 4, 5] as const).map((weekday) => ({
  weekday,
  startTime: "09:00",
  endTime: "11:00",
}));

/** An actor who signed in, with the pseudonym that the trail will name. */
export const signedIn = (
  role: "patient" | "practitioner" | "administrator",
  practitionerId?: string,
): UserActor => ({
  kind: "user",
  userId: newId(),
  sessionId: newId(),
  roles: [role],
  practitionerId,
  patientId: undefined,
  pseudonym: newId(),
});

/** An empty clinic with one practitioner in Berlin, who works mornings and offers visits of an hour. */
export async function openPractice(hours: WeeklyInterval[] = MORNINGS) {
  await emptyClinic();
  const visitType = await makeVisitType(db(), { now, durationMinutes: 60, intervalMinutes: 60 });
  const practitioner = await makePractitioner(db(), { visitTypeIds: [visitType.id], now });
  const patient = await makePatient(db(), { now });
  await makeRules(db(), practitioner.id, hours);
  const practitionerId = practitioner.id;
  return {
    practitionerId,
    visitTypeId: visitType.id,
    visitType,
    practitioner,
    /** The free starts of one date, as Berlin's clocks show them. */
    async free(date: string): Promise<string[]> {
      const day = Temporal.PlainDate.from(date);
      const midnight = (of: Temporal.PlainDate) => of.toZonedDateTime("Europe/Berlin").toInstant();
      const found = await findFreeSlots(db(), {
        practitionerIds: [practitionerId],
        visitTypeId: visitType.id,
        from: midnight(day),
        to: midnight(day.add({ days: 1 })),
        now,
      });
      return (found.get(practitionerId) ?? []).map(({ startAt }) =>
        startAt.toZonedDateTimeISO("Europe/Berlin").toPlainTime().toString({ smallestUnit: "minute" }),
      );
    },
    /** A booked visit of an hour. @returns its id */
    async book(startAt: string, status: "booked" | "cancelled" = "booked"): Promise<string> {
      const { id } = await makeAppointment(db(), {
        practitioner,
        patient,
        visitType,
        startAt: Temporal.Instant.from(startAt),
        status,
        now,
      });
      return id;
    },
  };
}
export type Practice = Awaited<ReturnType<typeof openPractice>>;
