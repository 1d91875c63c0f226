import { Temporal } from "temporal-polyfill";
import type { Db } from "@/lib/db/client";
import { NO_CLAIMS } from "./claims";
import { bookablePeriod, loadOfferedTypes, loadSchedules, type Period, withIds } from "./schedules";
import { startsOf } from "./slots";

/**
 * The starts from now on that a practitioner's schedule has for a visit type, as if nobody had booked anything and no notice were
 * needed. Beside the free times they tell a day that is full from one without visits.
 */
export async function findPlannedStarts(
  db: Db,
  {
    practitionerId,
    visitTypeId,
    now,
    ...asked
  }: Period & { practitionerId: string; visitTypeId: string; now: Temporal.Instant },
): Promise<Temporal.Instant[]> {
  const types = await loadOfferedTypes(db, { visitTypeId, forStaff: true });
  const period = bookablePeriod(asked, types, now);
  const schedules = await loadSchedules(db, withIds([practitionerId]), types, period);
  const [schedule] = schedules.practitioners;
  const [type] = schedule?.visitTypes ?? [];
  if (!schedule || !type) return [];
  return startsOf(schedule, type, schedules, NO_CLAIMS, period, now).map((start) =>
    Temporal.Instant.fromEpochMilliseconds(start),
  );
}
