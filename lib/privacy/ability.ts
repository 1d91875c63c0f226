import { hasRole, keepsAllSchedules } from "@/lib/access/rules";
import type { Actor, UserActor } from "@/lib/access/types";
import { InvariantError } from "@/lib/core/errors";

/** Patients with an account ask for what is kept about them, and about those for whom they speak. */
export const isPatient = (actor: Actor): boolean => hasRole(actor, "patient");

/** The same for what comes after that was asked. */
export function asPatient(actor: Actor): UserActor {
  if (actor.kind !== "user" || !isPatient(actor)) throw new InvariantError("no patient is signed in");
  return actor;
}

/** Whoever keeps the bookings corrects how patients without an account are reached. */
export const isBookingStaff = (actor: Actor): boolean => keepsAllSchedules(actor);

/** Administrators decide whether somebody is erased. */
export const isAdministrator = (actor: Actor): boolean => hasRole(actor, "administrator");
