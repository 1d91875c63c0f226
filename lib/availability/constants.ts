import type { Weekday } from "./types";

/** ISO weekdays in order, 1 = Monday. */
export const WEEKDAYS: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];

/** More than a day can sensibly have; keeps a form's size in bounds. */
export const INTERVALS_PER_DAY = 8;

/** "00:00"–"00:00" is the whole day. */
export const AROUND_THE_CLOCK = { startTime: "00:00", endTime: "00:00" } as const;

/** More than anybody plans at once; they keep what is computed for every free time in bounds. */
export const MAX_PLANS = 24;
export const MAX_OVERRIDES = 400;
export const MAX_TIMES_OFF = 200;
export const MAX_CLOSURES = 1_000;

export const CLOSURE_TITLE_MAX_LENGTH = 120;

/** How far ahead yearly entries of an imported calendar are taken. */
export const IMPORT_YEARS = 2;
/** A country's public holidays are some tens of kilobytes. */
export const CALENDAR_FILE_MAX_BYTES = 200_000;
export const MAX_IMPORTED_CLOSURES = 300;
/** Enough for a UID (RFC 5545 §3.8.4.7 advises 255 octets at most) with a date after it. */
export const IMPORT_UID_MAX_LENGTH = 300;
