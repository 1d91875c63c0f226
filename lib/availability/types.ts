import type { Temporal } from "temporal-polyfill";

/** A start that can be booked, and the end of the visit that it begins. */
export type FreeSlot = { startAt: Temporal.Instant; endAt: Temporal.Instant };

/** The next free start of a practitioner, with the visit type that it is for. */
export type NextFreeSlot = FreeSlot & { visitTypeId: string };

export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** One interval of a week's hours, on the wall clock of the practitioner's zone. */
export type WeeklyInterval = {
  /** ISO, 1 = Monday: the day on which the interval begins. */
  weekday: Weekday;
  /** "HH:MM" */
  startTime: string;
  /** "HH:MM"; at or before the start means the next day, "00:00"–"00:00" the whole day. */
  endTime: string;
};

/** An interval of weekly hours with the civil dates on which it holds, both inclusive; open where there is none. */
export type DatedInterval = WeeklyInterval & { validFrom?: string; validTo?: string };

/** The hours of a week and the civil dates from which and until which they hold, both inclusive; `null` is open. */
export type WeeklyPlan = { from: string | null; to: string | null; hours: WeeklyInterval[] };

/** A weekday as its readers call it. */
export type DayName = { weekday: Weekday; long: string; short: string };

export type WeeklyHoursRefusal = "not_found";
