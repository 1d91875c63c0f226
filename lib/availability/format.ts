import { weekdayName } from "@/lib/time/weekdays";
import { groupWeekdays } from "./rules/week";
import type { WeeklyInterval } from "./types";

const isWholeDay = ({ startTime, endTime }: WeeklyInterval) => startTime === "00:00" && endTime === "00:00";

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
