import type { Temporal } from "temporal-polyfill";
import { parseDate } from "@/lib/time/zones";

const TIME = /^([01]\d|2[0-3]):([0-5]\d)$/;

/**
 * The instant of a civil date and an "HH:MM" in a zone, by Temporal's `compatible` rule: a time that the clock skips is the one
 * after the gap, of one that it shows twice the first.
 */
export function readWallTime(
  date: string | undefined,
  time: string | undefined,
  timeZone: string,
): Temporal.Instant | undefined {
  const day = parseDate(date);
  const [, hour, minute] = TIME.exec(time ?? "") ?? [];
  if (!day || hour === undefined || minute === undefined) return undefined;
  // What no database column can hold.
  if (day.year < 1970 || day.year > 2999) return undefined;
  return day
    .toPlainDateTime({ hour: Number(hour), minute: Number(minute) })
    .toZonedDateTime(timeZone, { disambiguation: "compatible" })
    .toInstant();
}
