import { Temporal } from "temporal-polyfill";

/** When somebody on the waitlist could come, on the calendar and clock of `timeZone`. */
export type Wishes = {
  /** ISO civil dates, both inclusive. */
  fromOn: string;
  toOn: string;
  /** ISO weekdays; none for any. */
  weekdays: readonly number[];
  /** "HH:MM"; the visit begins no earlier and ends no later. "00:00" as the end is no end. */
  fromTime: string;
  toTime: string;
  timeZone: string;
};

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** Whether a visit suits somebody's wishes. */
export function suits(wishes: Wishes, startAt: Temporal.Instant, durationMinutes: number): boolean {
  const local = startAt.toZonedDateTimeISO(wishes.timeZone);
  const date = local.toPlainDate().toString();
  if (date < wishes.fromOn || date > wishes.toOn) return false;
  if (wishes.weekdays.length > 0 && !wishes.weekdays.includes(local.dayOfWeek)) return false;
  const starts = local.hour * 60 + local.minute;
  const latest = minutesOf(wishes.toTime);
  return starts >= minutesOf(wishes.fromTime) && (latest === 0 || starts + durationMinutes <= latest);
}

/** Shorter than this nobody can be expected to see a mail and answer it. */
const SHORTEST_OFFER_MINUTES = 10;

/**
 * Until when a freed time is held for whom it is offered to: as long as the clinic gives, and no longer than it could be booked.
 *
 * @returns `undefined` where that would be too short to be of use
 */
export function offerDeadline(
  { startAt, minNoticeMinutes }: { startAt: Temporal.Instant; minNoticeMinutes: number },
  offerMinutes: number,
  now: Temporal.Instant,
): Temporal.Instant | undefined {
  const given = now.add({ minutes: offerMinutes });
  const latest = startAt.subtract({ minutes: minNoticeMinutes });
  const deadline = Temporal.Instant.compare(given, latest) < 0 ? given : latest;
  return now.until(deadline).total("minutes") < SHORTEST_OFFER_MINUTES ? undefined : deadline;
}
