import { weekdayName } from "@/lib/time/weekdays";
import { WEEKDAYS } from "../constants";
import { groupWeekdays, minutesOfDay, weeklyMinutes } from "../rules/week";
import type { DayKey, DayName, Weekday, WeeklyInterval } from "../types";

/**
 * Names of the fields of a day's hours, which server and screen share: a weekday's, or those of one date. `index` counts the day's
 * intervals from 0.
 */
export const hoursField = {
  start: (day: DayKey, index: number) => `start.${day}.${index}`,
  end: (day: DayKey, index: number) => `end.${day}.${index}`,
  aroundTheClock: (day: DayKey) => `aroundTheClock.${day}`,
};

/** The days of a week in order. Call it on the server: a browser's words for them may differ from ours. */
export const dayNames = (locale: string): DayName[] =>
  WEEKDAYS.map((weekday) => ({
    weekday,
    long: weekdayName(weekday, locale),
    short: weekdayName(weekday, locale, "short"),
  }));

/** Whether an interval is a day around the clock. */
export const isWholeDay = ({ startTime, endTime }: Pick<WeeklyInterval, "startTime" | "endTime">): boolean =>
  startTime === "00:00" && endTime === "00:00";

/**
 * A week's hours in a line for each group of like days: "Mon–Fri 09:00–13:00, 14:00–18:00". Wall-clock times; name the zone
 * beside them.
 *
 * @param aroundTheClock the words for a whole day
 */
export const describeHours = (
  hours: readonly WeeklyInterval[],
  locale: string,
  aroundTheClock: string,
): string[] =>
  groupWeekdays(hours).map(({ first, last, intervals }) => {
    const days = [...new Set([first, last])]
      .map((weekday) => weekdayName(weekday, locale, "short"))
      .join("–");
    const times = intervals.map((interval) =>
      isWholeDay(interval) ? aroundTheClock : `${interval.startTime}–${interval.endTime}`,
    );
    return `${days} ${times.join(", ")}`;
  });

/** One day of a week's picture; `parts` are minutes from its midnight, nights of the day before included. */
export type PreviewDay = { weekday: Weekday; parts: { start: number; end: number }[] };

/** The days of a week in order, with what is worked on each. */
export const previewWeek = (hours: readonly WeeklyInterval[]): PreviewDay[] =>
  WEEKDAYS.map((weekday) => ({ weekday, parts: minutesOfDay(hours, weekday) }));

/** Hours worked in a week, to a quarter. */
export const hoursPerWeek = (hours: readonly WeeklyInterval[]): number =>
  Math.round(weeklyMinutes(hours) / 15) / 4;
