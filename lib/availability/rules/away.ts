import { Temporal } from "temporal-polyfill";
import { startOfDay } from "@/lib/time/zones";
import type { Interval } from "./seats";

/** Time off on the wall clock of the practitioner's zone, half-open; the end of a whole day is the next day's "00:00". */
export type WallPeriod = { startOn: string; startTime: string; endOn: string; endTime: string };

/** Time off as instants, by Temporal's `compatible` rule. */
export function timeOffInterval(
  { startOn, startTime, endOn, endTime }: WallPeriod,
  timeZone: string,
): Interval {
  const at = (date: string, time: string) =>
    Temporal.PlainDateTime.from(`${date}T${time}`).toZonedDateTime(timeZone, { disambiguation: "compatible" })
      .epochMilliseconds;
  return { start: at(startOn, startTime), end: at(endOn, endTime) };
}

/** A closure as instants: from the start of its first civil date in the clinic's zone to the end of its last. */
export function closureInterval(
  { startOn, endOn }: { startOn: string; endOn: string },
  timeZone: string,
): Interval {
  const [first, last] = [Temporal.PlainDate.from(startOn), Temporal.PlainDate.from(endOn)];
  return {
    start: startOfDay(first, timeZone).epochMilliseconds,
    end: startOfDay(last.add({ days: 1 }), timeZone).epochMilliseconds,
  };
}
