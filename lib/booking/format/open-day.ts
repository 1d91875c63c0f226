/** The heading of an opened day's times: where a day's link leads, and what takes the focus. */
export const OPEN_DAY_ID = "day";
