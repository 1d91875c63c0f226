import type { Weekday } from "./types";

/** ISO weekdays in order, 1 = Monday. */
export const WEEKDAYS: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];

/** More than a day can sensibly have; keeps a form's size in bounds. */
export const INTERVALS_PER_DAY = 8;

/** "00:00"–"00:00" is the whole day. */
export const AROUND_THE_CLOCK = { startTime: "00:00", endTime: "00:00" } as const;
