import { Temporal } from "temporal-polyfill";
import type { VisitSettings } from "../types/settings";
import { callState } from "./calling";
import { dueAt, endsByItself } from "./overrun";

/** A conference that exists on TrueConf, of a visit that is not over. */
export type WatchedVisit = {
  encounterStatus: "planned" | "arrived" | "in_progress";
  calledAt: Temporal.Instant | undefined;
  isVirtual: boolean;
  startAt: Temporal.Instant;
  endAt: Temporal.Instant;
  /** Since when it is in progress. */
  startedAt: Temporal.Instant | undefined;
  /** At the last look. */
  wasRunning: boolean;
  selfStartedAt: Temporal.Instant | undefined;
  emptySince: Temporal.Instant | undefined;
  aloneSince: Temporal.Instant | undefined;
};

/** What TrueConf says of it at this moment. */
export type SeenConference = { isRunning: boolean; participants: number };

/** How long nobody, or one alone, may be in a conference. */
export type Patience = Pick<
  VisitSettings,
  "emptyGraceMinutes" | "aloneGraceMinutes" | "longestOverrunMinutes"
>;

/** A scheduled conference that TrueConf has not started so long after its time is run by the portal. */
const RUN_AFTER_SECONDS = 30;

const atOrAfter = (a: Temporal.Instant, b: Temporal.Instant) => Temporal.Instant.compare(a, b) >= 0;

export type Step =
  /** It runs by itself: the practitioner is told; the patient goes on waiting. */
  | "note_self_started"
  /** Its time has come and TrueConf has not started it. */
  | "run"
  /** Its visit is in progress, and it does not run any more or is gone: it is run again, or made anew. */
  | "run_again"
  /** Nobody is in it, for the first time, or no longer so. */
  | "note_empty"
  | "note_filled"
  /** At most one is in it, for the first time, or no longer so. */
  | "note_alone"
  | "note_together"
  /** Empty for too long, of a visit that nobody has started. */
  | "stop"
  /** Empty, or with one alone, for too long, and the visit's time is over: somebody forgot to end it. */
  | "finish";

/** What follows from what TrueConf says. */
export function nextSteps(
  visit: WatchedVisit,
  seen: SeenConference,
  patience: Patience,
  now: Temporal.Instant,
): Step[] {
  if (visit.encounterStatus === "in_progress") return stepsInProgress(visit, seen, patience, now);
  if (!seen.isRunning) return mustRun(visit, now) ? ["run"] : [];
  const steps: Step[] = [];
  if (!visit.calledAt && !visit.selfStartedAt) steps.push("note_self_started");
  if (seen.participants > 0) return visit.emptySince ? [...steps, "note_filled"] : steps;
  if (!visit.emptySince) return [...steps, "note_empty"];
  return isEmptyTooLong(visit, patience, now) ? ["stop"] : steps;
}

/**
 * A visit in progress is left alone within its time, however empty: both sides may be on their way back. Its conference is run again
 * where it was seen stopped twice, since whoever changes one stops it for a moment.
 */
function stepsInProgress(
  visit: WatchedVisit,
  seen: SeenConference,
  patience: Patience,
  now: Temporal.Instant,
): Step[] {
  const isOver = seen.participants < 2 && atOrAfter(now, dueAt(visit));
  if (isOver && seen.participants === 0 && isEmptyTooLong(visit, patience, now)) return ["finish"];
  if (isOver && visit.aloneSince && atOrAfter(now, endsByItself(visit, patience).at)) return ["finish"];
  const steps: Step[] = [];
  if (seen.participants === 0 && !visit.emptySince) steps.push("note_empty");
  if (seen.participants > 0 && visit.emptySince) steps.push("note_filled");
  if (seen.participants < 2 && !visit.aloneSince) steps.push("note_alone");
  if (seen.participants >= 2 && visit.aloneSince) steps.push("note_together");
  if (!seen.isRunning && !visit.wasRunning) steps.push("run_again");
  return steps;
}

const isEmptyTooLong = (
  { emptySince }: WatchedVisit,
  { emptyGraceMinutes }: Patience,
  now: Temporal.Instant,
): boolean => emptySince !== undefined && atOrAfter(now, emptySince.add({ minutes: emptyGraceMinutes }));

/**
 * Once: one that was stopped again because nobody came is not run a second time. Nor is one whose practitioner was rung: running it
 * would ring again, unasked.
 */
const mustRun = (
  { calledAt, isVirtual, startAt, endAt, selfStartedAt }: WatchedVisit,
  now: Temporal.Instant,
) =>
  !isVirtual &&
  calledAt === undefined &&
  selfStartedAt === undefined &&
  atOrAfter(now, startAt.add({ seconds: RUN_AFTER_SECONDS })) &&
  !atOrAfter(now, endAt);

/** Between two looks while nothing is near. */
export const RARELY_SECONDS = 60;

/** Until TrueConf is asked again: soon while somebody is being rung, often while a visit runs or is about to, else rarely. */
export function nextPollSeconds(visits: readonly WatchedVisit[], now: Temporal.Instant): number {
  if (visits.some((visit) => callState(visit, now) === "calling")) return 1;
  return visits.length > 0 ? 5 : RARELY_SECONDS;
}

/** Between two comparisons of TrueConf's whole list with ours: what is lost or left over harms nobody while no visit is near. */
export const nextComparisonSeconds = (isNear: boolean): number => (isNear ? 60 : 600);
