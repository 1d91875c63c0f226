import { hasRole, keepsAllSchedules } from "@/lib/access/rules";
import type { Actor } from "@/lib/access/types";

/** Who has schedules to keep at all. */
export const canKeepSchedules = (actor: Actor): boolean =>
  actor.kind === "system" || keepsAllSchedules(actor) || hasRole(actor, "practitioner");

/** Schedulers and administrators keep every practitioner's schedule, practitioners their own. */
export function canKeepScheduleOf(actor: Actor, practitionerId: string): boolean {
  if (actor.kind === "system" || keepsAllSchedules(actor)) return true;
  return actor.kind === "user" && hasRole(actor, "practitioner") && actor.practitionerId === practitionerId;
}

/** Closures concern the whole clinic. */
export const canKeepClosures = (actor: Actor): boolean => actor.kind === "system" || keepsAllSchedules(actor);
