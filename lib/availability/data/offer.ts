import type { Temporal } from "temporal-polyfill";
import type { Db } from "@/lib/db/client";
import { type Claims, loadClaims, NO_CLAIMS } from "./claims";
import { bookablePeriod, loadOfferedTypes, loadSchedules, withIds } from "./schedules";
import { startsOf } from "./slots";

type Start = {
  practitionerId: string;
  visitTypeId: string;
  startAt: Temporal.Instant;
  now: Temporal.Instant;
};

type Except = {
  /** An appointment that is being moved. */
  exceptAppointmentId?: string | undefined;
  /** A hold that is being turned into a visit. */
  exceptHolder?: Uint8Array | undefined;
  /** Without notice and horizon. */
  forStaff?: boolean | undefined;
};

/**
 * Why a practitioner does not offer exactly this start of a visit type: hours, overrides, closures, time off, grid, notice and
 * horizon, then the visits that the day has already. Counted now, so the caller holds the practitioner's lock. Whether the time is
 * taken and whether there is a guest seat is left out, because a look at them decides nothing: constraints and locks do.
 */
export async function offerRefusal(
  db: Db,
  { practitionerId, visitTypeId, startAt, now, forStaff, ...except }: Start & Except,
): Promise<"not_offered" | "day_full" | undefined> {
  const types = await loadOfferedTypes(db, { visitTypeId, forStaff });
  const period = bookablePeriod({ from: startAt, to: startAt.add({ milliseconds: 1 }) }, types, now);
  const schedules = await loadSchedules(db, withIds([practitionerId]), types, period);
  const [schedule] = schedules.practitioners;
  const [visitType] = schedule?.visitTypes ?? [];
  if (!schedule || !visitType) return "not_offered";
  const isOffered = (claims: Claims) =>
    startsOf(schedule, visitType, schedules, claims, period, now).length > 0;
  if (!isOffered(NO_CLAIMS)) return "not_offered";
  if (visitType.maxPerDay === undefined) return undefined;
  const claims = await loadClaims(db, [schedule.id], types, period, except, now);
  return isOffered({ ...NO_CLAIMS, startsOf: claims.startsOf }) ? undefined : "day_full";
}
