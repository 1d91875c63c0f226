import { Temporal } from "temporal-polyfill";

/** A conference that exists on TrueConf, of a visit that is not over. */
export type WatchedVisit = {
  encounterStatus: "planned" | "arrived" | "in_progress";
  isCalled: boolean;
  isVirtual: boolean;
  startAt: Temporal.Instant;
  endAt: Temporal.Instant;
  selfStartedAt: Temporal.Instant | undefined;
  emptySince: Temporal.Instant | undefined;
};

/** What TrueConf says of it at this moment. */
export type SeenConference = { isRunning: boolean; participants: number };

/** A scheduled conference that TrueConf has not started so long after its time is run by the portal. */
const RUN_AFTER_SECONDS = 30;

const atOrAfter = (a: Temporal.Instant, b: Temporal.Instant) => Temporal.Instant.compare(a, b) >= 0;

export type Step =
  /** It runs by itself: the practitioner is told; the patient goes on waiting. */
  | "note_self_started"
  /** Its time has come and TrueConf has not started it. */
  | "run"
  /** Nobody is in it, for the first time, or no longer so. */
  | "note_empty"
  | "note_filled"
  /** Empty for too long, of a visit that nobody has started. */
  | "stop"
  /** Empty for too long, and the visit's time is over: somebody forgot to end it. */
  | "finish";

/**
 * What follows from what TrueConf says. A visit in progress is left alone within its time, however empty: both sides may be on
 * their way back.
 */
export function nextSteps(
  visit: WatchedVisit,
  seen: SeenConference,
  emptyGraceMinutes: number,
  now: Temporal.Instant,
): Step[] {
  const inProgress = visit.encounterStatus === "in_progress";
  if (!seen.isRunning) return mustRun(visit, now) ? ["run"] : [];
  const steps: Step[] = [];
  if (!inProgress && !visit.isCalled && !visit.selfStartedAt) steps.push("note_self_started");
  if (seen.participants > 0) return visit.emptySince ? [...steps, "note_filled"] : steps;
  if (!visit.emptySince) return [...steps, "note_empty"];
  if (!atOrAfter(now, visit.emptySince.add({ minutes: emptyGraceMinutes }))) return steps;
  if (!inProgress) return ["stop"];
  return atOrAfter(now, visit.endAt) ? ["finish"] : steps;
}

/** Once: one that was stopped again because nobody came is not run a second time. */
const mustRun = (
  { encounterStatus, isVirtual, startAt, endAt, selfStartedAt }: WatchedVisit,
  now: Temporal.Instant,
) =>
  encounterStatus !== "in_progress" &&
  !isVirtual &&
  selfStartedAt === undefined &&
  atOrAfter(now, startAt.add({ seconds: RUN_AFTER_SECONDS })) &&
  !atOrAfter(now, endAt);

/** Until TrueConf is asked again: soon while somebody is being rung, often while a visit runs or is about to, else rarely. */
export function nextPollSeconds(visits: readonly WatchedVisit[]): number {
  if (visits.some(({ isCalled, encounterStatus }) => isCalled && encounterStatus !== "in_progress")) return 1;
  return visits.length > 0 ? 5 : 60;
}
