import { Temporal } from "temporal-polyfill";
import type { ChangedBy } from "../types/change";

/** What the rules need to know of a visit that somebody wants to change. */
export type Changeable = {
  startAt: Temporal.Instant;
  endAt: Temporal.Instant;
  appointmentStatus: "pending" | "booked" | "arrived" | "fulfilled" | "cancelled" | "noshow";
  encounterStatus: "planned" | "arrived" | "in_progress" | "finished" | "cancelled";
  changeNoticeMinutes: number;
};

const atOrAfter = (a: Temporal.Instant, b: Temporal.Instant) => Temporal.Instant.compare(a, b) >= 0;

/** Booked, and nobody has started it. */
const isToCome = ({ appointmentStatus, encounterStatus }: Changeable): boolean =>
  (appointmentStatus === "booked" || appointmentStatus === "arrived") &&
  (encounterStatus === "planned" || encounterStatus === "arrived");

/** From here on its patient can change a visit no more; inclusive of the instant itself, when there is no notice. */
export const changeableUntil = ({ startAt, changeNoticeMinutes }: Changeable): Temporal.Instant =>
  startAt.subtract({ minutes: changeNoticeMinutes });

/** Why a visit cannot be moved at this instant, or nothing. Only what is still to come moves. */
export function moveRefusal(
  visit: Changeable,
  by: ChangedBy,
  now: Temporal.Instant,
): "not_changeable" | "too_late" | undefined {
  if (!isToCome(visit) || atOrAfter(now, visit.startAt)) return "not_changeable";
  return by === "patient" && atOrAfter(now, changeableUntil(visit)) ? "too_late" : undefined;
}

/**
 * Why a visit cannot be cancelled at this instant, or nothing. Staff can until somebody has started it, also when its time has
 * come: the practitioner may have been kept from it. Once that time has gone by it was missed.
 */
export function cancelRefusal(
  visit: Changeable,
  by: ChangedBy,
  now: Temporal.Instant,
): "not_changeable" | "too_late" | undefined {
  if (!isToCome(visit) || atOrAfter(now, visit.endAt)) return "not_changeable";
  return by === "patient" && atOrAfter(now, changeableUntil(visit)) ? "too_late" : undefined;
}
