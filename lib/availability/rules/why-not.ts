import { parseDay } from "./civil";
import type { Interval } from "./seats";
import { type ComputeSlotsInput, requireReach, requireSlotsInput } from "./slots-input";
import { Cursor, scheduleOf, union, windowsOf } from "./working-time";
import { type ZoneClock, zoneClock } from "./zone-clock";

/** Why a start is not offered, in the order in which somebody would look for it. */
export type WhyNot =
  | "past"
  /** Less than the visit type's notice away. */
  | "too_soon"
  | "beyond_horizon"
  /** Outside the weekly hours. */
  | "outside_hours"
  /** The hours of that very date leave it out. */
  | "override"
  /** Within the hours, and not where the visit type's starts stand. */
  | "off_grid"
  | "closure"
  | "time_off"
  /** Another visit, hold or offer takes the time itself. */
  | "busy"
  /** Another visit is near, and the buffers do not fit in between. */
  | "buffer"
  /** That civil date has as many visits of this type as it may have. */
  | "day_full"
  | "no_guest_seat";

/** A claim with its buffers, and the visit's own time within it. */
export type Claim = Interval & { visitStart: number; visitEnd: number };

export type ExplainInput = Omit<ComputeSlotsInput, "busy" | "blocked" | "from" | "to"> & {
  busy: readonly Claim[];
  blocked: {
    closures: readonly Interval[];
    timesOff: readonly Interval[];
    /** When there are no guest seats left for one more such visit. */
    seats: readonly Interval[];
  };
};

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** As in `computeSlots`: a window may begin so many dates before a start in it. */
const DAYS_BEFORE = 2;
const DAYS_AFTER = 1;

/**
 * Every reason why a visit cannot start at an instant; none where `computeSlots` offers it, and none only there.
 *
 * @param at epoch milliseconds
 * @throws {RangeError} naming the field, for input that no schedule can mean
 */
export function explainStart(input: ExplainInput, at: number): WhyNot[] {
  const { visitType, now, timeZone, busy, blocked } = input;
  requireSlotsInput({ ...input, busy, blocked: Object.values(blocked).flat(), from: at, to: at });
  const duration = visitType.durationMinutes * MINUTE;
  requireReach(at, duration);
  const end = at + duration;
  const margin = (DAYS_BEFORE + 1) * DAY;
  const clock = zoneClock(timeZone, Math.min(now, at) - margin, Math.max(now, end) + margin);
  const [date, today] = [clock.dayAt(at), clock.dayAt(now)];
  const meets = (intervals: readonly Interval[]) => new Cursor(union(intervals)).meets(at, end);
  const claim = {
    start: at - visitType.bufferBeforeMinutes * MINUTE,
    end: end + visitType.bufferAfterMinutes * MINUTE,
  };
  const inTheWay = busy.filter(
    (other) => other.start < claim.end && claim.start < other.end && other.start < other.end,
  );
  const takesItself = ({ visitStart, visitEnd }: Claim) => visitStart < end && at < visitEnd;
  const bookedThatDay = input.bookedStarts.filter((start) => clock.dayAt(start) === date).length;

  const reasons: [WhyNot | undefined, boolean][] = [
    ["past", at < now],
    ["too_soon", at >= now && at < now + visitType.minNoticeMinutes * MINUTE],
    ["beyond_horizon", date > today + visitType.horizonDays],
    [whyNotWorked(input, clock, at, end), true],
    ["closure", meets(blocked.closures)],
    ["time_off", meets(blocked.timesOff)],
    ["busy", inTheWay.some(takesItself)],
    ["buffer", inTheWay.some((other) => !takesItself(other))],
    ["day_full", visitType.maxPerDay !== undefined && bookedThatDay >= visitType.maxPerDay],
    ["no_guest_seat", meets(blocked.seats)],
  ];
  return reasons.flatMap(([reason, applies]) => (applies && reason ? [reason] : []));
}

/** What the hours have against it: that they are not then, or that no start stands there. */
function whyNotWorked(
  input: ExplainInput,
  clock: ZoneClock,
  at: number,
  end: number,
): "outside_hours" | "override" | "off_grid" | undefined {
  const [first, last] = [clock.dayAt(at), clock.dayAt(end - 1)];
  const windows = windowsOf(scheduleOf(input), clock, first - DAYS_BEFORE, clock.dayAt(end) + DAYS_AFTER);
  if (!new Cursor(union(windows)).holds(at, end)) {
    const isOverridden = input.overrides.some(({ date }) => {
      const day = parseDay(date);
      return day === first || day === last;
    });
    return isOverridden ? "override" : "outside_hours";
  }
  const step = input.visitType.intervalMinutes * MINUTE;
  const isOnGrid = windows.some(
    (window) => window.start <= at && at < window.end && (at - window.start) % step === 0,
  );
  return isOnGrid ? undefined : "off_grid";
}
