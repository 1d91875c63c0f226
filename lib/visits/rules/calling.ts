import { Temporal } from "temporal-polyfill";
import { RING_SECONDS } from "../constants";

type Called = {
  calledAt: Temporal.Instant | undefined;
  encounterStatus: "planned" | "arrived" | "in_progress" | "finished" | "cancelled";
};

/** Until when a practitioner's TrueConf account is given to answer. */
export const ringsUntil = (calledAt: Temporal.Instant): Temporal.Instant =>
  calledAt.add({ seconds: RING_SECONDS });

/** Whether a practitioner's TrueConf account is being rung for a visit that has not begun, or was and nobody answered. */
export function callState(
  { calledAt, encounterStatus }: Called,
  now: Temporal.Instant,
): "idle" | "calling" | "unanswered" {
  if (!calledAt || (encounterStatus !== "planned" && encounterStatus !== "arrived")) return "idle";
  return Temporal.Instant.compare(now, ringsUntil(calledAt)) < 0 ? "calling" : "unanswered";
}
