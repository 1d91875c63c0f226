import { hoursField, isWholeDay } from "@/lib/availability/format/hours";
import type { DayKey, Weekday, WeeklyInterval } from "@/lib/availability/types";

/** A row of the editor: times as typed, perhaps not times yet. `key` stays with the row while others come and go. */
export type DraftInterval = { key: number; start: string; end: string };
/** What one day's fields hold. */
export type DraftHours = { aroundTheClock: boolean; intervals: readonly DraftInterval[] };
export type DraftDay = DraftHours & { weekday: Weekday };

const WEEKDAYS: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];
const FIRST_HOURS = { start: "09:00", end: "17:00" };
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

/** What the editor shows of one day's hours that are stored. */
export function draftOfDay(stored: readonly Pick<WeeklyInterval, "startTime" | "endTime">[]): DraftHours {
  const intervals = stored
    .filter((interval) => !isWholeDay(interval))
    .map(({ startTime, endTime }, key) => ({ key, start: startTime, end: endTime }));
  return { aroundTheClock: stored.some(isWholeDay), intervals };
}

/** What the editor shows of hours that are stored. */
export const draftOfHours = (hours: readonly WeeklyInterval[]): DraftDay[] =>
  WEEKDAYS.map((weekday) => ({
    weekday,
    ...draftOfDay(hours.filter((interval) => interval.weekday === weekday)),
  }));

type Values = Readonly<Record<string, string>>;

/** What the editor shows of one day in a form that came back, also of what cannot be stored. */
export const draftOfDayValues = (values: Values, day: DayKey, limit: number): DraftHours => ({
  aroundTheClock: values[hoursField.aroundTheClock(day)] === "on",
  intervals: Array.from({ length: limit }, (_, key) => ({
    key,
    start: values[hoursField.start(day, key)] ?? "",
    end: values[hoursField.end(day, key)] ?? "",
  })).filter(({ start, end }) => start !== "" || end !== ""),
});

/** The same of a week. */
export const draftOfValues = (values: Values, limit: number): DraftDay[] =>
  WEEKDAYS.map((weekday) => ({ weekday, ...draftOfDayValues(values, weekday, limit) }));

/** The hours that a draft stands for so far; rows that are not hours yet are left out. */
export const hoursOfDraft = (days: readonly DraftDay[]): WeeklyInterval[] =>
  days.flatMap(({ weekday, aroundTheClock, intervals }) =>
    aroundTheClock
      ? [{ weekday, startTime: "00:00", endTime: "00:00" }]
      : intervals
          .filter(({ start, end }) => TIME.test(start) && TIME.test(end) && start !== end)
          .map(({ start, end }) => ({ weekday, startTime: start, endTime: end })),
  );

/** Adds a row: usual hours to a day without any, else an empty one. */
export const addInterval = <D extends DraftHours>(day: D): D => ({
  ...day,
  intervals: [
    ...day.intervals,
    {
      key: Math.max(-1, ...day.intervals.map(({ key }) => key)) + 1,
      ...(day.intervals.length === 0 ? FIRST_HOURS : { start: "", end: "" }),
    },
  ],
});

export const removeInterval = <D extends DraftHours>(day: D, key: number): D => ({
  ...day,
  intervals: day.intervals.filter((interval) => interval.key !== key),
});

export const changeInterval = <D extends DraftHours>(day: D, changed: DraftInterval): D => ({
  ...day,
  intervals: day.intervals.map((interval) => (interval.key === changed.key ? changed : interval)),
});

/** Gives the days in `to` the hours of the day `from`. */
export function copyDay(days: readonly DraftDay[], from: Weekday, to: readonly Weekday[]): DraftDay[] {
  const source = days.find(({ weekday }) => weekday === from);
  return days.map((day) => (source && to.includes(day.weekday) ? { ...source, weekday: day.weekday } : day));
}
