import { Temporal } from "temporal-polyfill";
import { RING_SECONDS } from "../constants";

type Called = {
  calledAt: Temporal.Instant | undefined;
  encounterStatus: "planned" | "arrived" | "in_progress" | "finished" | "cancelled";
  /** TrueConf shows the practitioner in the conference. */
  isInside?: boolean;
};

/** Until when a practitioner's TrueConf account is given to answer. */
export const ringsUntil = (calledAt: Temporal.Instant): Temporal.Instant =>
  calledAt.add({ seconds: RING_SECONDS });

/**
 * Whether a practitioner's TrueConf account is being rung for a visit that has not begun, or was and nobody answered. Whoever answered
 * and is still not followed by the patient is kept waiting for a guest seat, which others took meanwhile.
 */
export function callState(
  { calledAt, encounterStatus, isInside = false }: Called,
  now: Temporal.Instant,
): "idle" | "calling" | "unanswered" | "no_seat" {
  if (!calledAt || (encounterStatus !== "planned" && encounterStatus !== "arrived")) return "idle";
  if (isInside) return "no_seat";
  return Temporal.Instant.compare(now, ringsUntil(calledAt)) < 0 ? "calling" : "unanswered";
}
