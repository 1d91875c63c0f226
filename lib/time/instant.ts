import { Temporal } from "temporal-polyfill";

/** The database driver's `Date` as an instant. `Date` goes no further than this. */
export const toInstant = (date: Date): Temporal.Instant =>
  Temporal.Instant.fromEpochMilliseconds(date.getTime());

/** An instant as the database driver takes it; columns hold milliseconds. */
export const toDate = (instant: Temporal.Instant): Date => new Date(instant.epochMilliseconds);

/** Earlier, same or later, for sorting. */
export const compareInstants = Temporal.Instant.compare;

/** `a < b` */
export const isBefore = (a: Temporal.Instant, b: Temporal.Instant): boolean =>
  Temporal.Instant.compare(a, b) < 0;

/**
 * Reads an RFC 3339 instant such as `2026-11-23T09:00:00Z`; `undefined` for anything else. Temporal's own years of six digits are
 * left out: they reach to where nothing can be added any more without an error.
 */
export function parseInstant(text: unknown): Temporal.Instant | undefined {
  if (typeof text !== "string" || text.length > 40 || !/^\d{4}/.test(text)) return undefined;
  try {
    return Temporal.Instant.from(text);
  } catch {
    return undefined;
  }
}
