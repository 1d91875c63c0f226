import { Temporal } from "temporal-polyfill";
import { FEEDBACK_CHANGEABLE_HOURS } from "./constants";

type Visit = {
  encounterStatus: "planned" | "arrived" | "in_progress" | "finished" | "cancelled";
};

/** Why a summary cannot be written of a visit, or nothing: there is nothing to sum up before it has begun. */
export const summaryRefusal = ({ encounterStatus }: Visit): "not_started" | undefined =>
  encounterStatus === "in_progress" || encounterStatus === "finished" ? undefined : "not_started";

/**
 * Why a patient cannot say how a visit was, or nothing. After the end; what was said can be changed for a day.
 *
 * @param givenAt when something was first said
 */
export function feedbackRefusal(
  { encounterStatus, givenAt }: Visit & { givenAt: Temporal.Instant | undefined },
  now: Temporal.Instant,
): "not_finished" | "too_late" | undefined {
  if (encounterStatus !== "finished") return "not_finished";
  if (!givenAt) return undefined;
  const end = givenAt.add({ hours: FEEDBACK_CHANGEABLE_HOURS });
  return Temporal.Instant.compare(now, end) < 0 ? undefined : "too_late";
}
