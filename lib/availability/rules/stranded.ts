import type { Interval } from "./seats";
import { computeSlots } from "./slots";
import type { ComputeSlotsInput } from "./slots-input";

/** What decides whether a visit may take place when it was booked for. */
export type ScheduleState = Pick<ComputeSlotsInput, "timeZone" | "rules" | "overrides"> & {
  /** Whether the practitioner can be booked at all. */
  active: boolean;
  timesOff: readonly Interval[];
  closures: readonly Interval[];
};

/** Why a booked visit does not fit its practitioner's schedule. */
export type MisfitReason = "inactive" | "hours" | "time_off" | "closure";

const MINUTE = 60_000;
const meets = (visit: Interval, intervals: readonly Interval[]): boolean =>
  intervals.some(({ start, end }) => start < visit.end && visit.start < end);

/** Whether the whole visit lies within the working time: what a visit of its length could be booked for, on a grid of minutes. */
function isWorked({ timeZone, rules, overrides }: ScheduleState, { start, end }: Interval): boolean {
  const found = computeSlots({
    timeZone,
    rules,
    overrides,
    busy: [],
    blocked: [],
    bookedStarts: [],
    visitType: {
      durationMinutes: Math.round((end - start) / MINUTE),
      intervalMinutes: 1,
      bufferBeforeMinutes: 0,
      bufferAfterMinutes: 0,
      minNoticeMinutes: 0,
      horizonDays: 1,
    },
    from: start,
    to: start + 1,
    now: start,
  });
  return found.length > 0;
}

/** Every reason why a visit does not fit a schedule; none for one that does. Notice, grid and limits do not concern booked visits. */
export function misfitsOf(state: ScheduleState, visit: Interval): MisfitReason[] {
  const reasons: [MisfitReason, boolean][] = [
    ["inactive", !state.active],
    ["hours", !isWorked(state, visit)],
    ["time_off", meets(visit, state.timesOff)],
    ["closure", meets(visit, state.closures)],
  ];
  return reasons.filter(([, applies]) => applies).map(([reason]) => reason);
}

/**
 * The visits that a change of the schedule strands: those with a reason against them that they had not before. One that was booked
 * outside of hours on purpose, or was left behind by an earlier change, is not asked about again.
 */
export const strandedBy = <V extends Interval>(
  before: ScheduleState,
  after: ScheduleState,
  visits: readonly V[],
): V[] =>
  visits.filter((visit) => {
    const known = misfitsOf(before, visit);
    return misfitsOf(after, visit).some((reason) => !known.includes(reason));
  });
