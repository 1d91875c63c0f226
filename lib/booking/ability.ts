import { hasRole, keepsAllSchedules } from "@/lib/access/rules";
import type { Actor } from "@/lib/access/types";

/** Whether somebody may book a practitioner's time on a patient's behalf: schedulers and administrators anybody's, practitioners their own. */
export const canBookFor = (actor: Actor, practitionerId: string): boolean =>
  keepsAllSchedules(actor) ||
  (actor.kind === "user" && hasRole(actor, "practitioner") && actor.practitionerId === practitionerId);

/** Whether somebody changes visits as staff at all; which ones, their scope says. */
export const isStaff = (actor: Actor): boolean => keepsAllSchedules(actor) || hasRole(actor, "practitioner");
