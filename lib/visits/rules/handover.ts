import type { Temporal } from "temporal-polyfill";
import { type VisitTimes, visitPhase } from "./windows";

/** Why a visit cannot be handed over at this instant, or nothing. One that is further ahead is moved, not handed over. */
export function handoverRefusal(visit: VisitTimes, now: Temporal.Instant): "ended" | undefined {
  const phase = visitPhase(visit, "practitioner", now);
  return phase === "waiting" || phase === "in_progress" ? undefined : "ended";
}
