import type { Temporal } from "temporal-polyfill";
import type { ThirdPersonPhase } from "../types/third";
import { phaseChangesAt, type VisitTimes, visitPhase } from "./windows";

/** So many third persons one visit may have. */
export const MOST_THIRD_PERSONS = 6;

type Standing = { visit: VisitTimes; status: "invited" | "waiting" | "admitted" | "revoked" };

/** Where a third person stands at this instant. The door opens when the patient's waiting room does. */
export function thirdPersonPhase({ visit, status }: Standing, now: Temporal.Instant): ThirdPersonPhase {
  if (status === "revoked") return "revoked";
  switch (visitPhase(visit, "patient", now)) {
    case "booked":
      return "early";
    case "waiting":
      return status === "admitted" ? "admitted" : "door";
    case "in_progress":
      return status === "admitted" ? "in_progress" : "door";
    case "finished":
    case "cancelled":
    case "missed":
      return "ended";
  }
}

/** When the clock alone changes that. */
export const thirdPersonChangesAt = (
  { visit, status }: Standing,
  now: Temporal.Instant,
): Temporal.Instant | undefined => (status === "revoked" ? undefined : phaseChangesAt(visit, "patient", now));

/** Why nobody can be asked into a visit any more, or nothing. */
export const inviteRefusal = (visit: VisitTimes, now: Temporal.Instant): "ended" | undefined => {
  const phase = visitPhase(visit, "practitioner", now);
  return phase === "finished" || phase === "cancelled" || phase === "missed" ? "ended" : undefined;
};
