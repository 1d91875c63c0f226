import type { Temporal } from "temporal-polyfill";
import { PERIODS, RETENTION_KINDS } from "./constants";
import type { Retention, RetentionKind } from "./types";

/** Years and days have no length of their own without a calendar; the law counts whole days, wherever the clinic is. */
const CALENDAR = "UTC";

const periodOf = (kind: RetentionKind, retention: Retention) => ({ [PERIODS[kind].unit]: retention[kind] });

/**
 * When something must be kept no longer.
 *
 * @param since when its period began: for records and messages the end of the patient's last visit, for all else its own end
 * @returns the first instant at which it may go
 */
export const keepUntil = (
  kind: RetentionKind,
  since: Temporal.Instant,
  retention: Retention,
): Temporal.Instant => since.toZonedDateTimeISO(CALENDAR).add(periodOf(kind, retention)).toInstant();

/** What began at this instant or before may go: the same as {@link keepUntil}, from the other end. Never earlier than it says. */
export const cutoffOf = (
  kind: RetentionKind,
  now: Temporal.Instant,
  retention: Retention,
): Temporal.Instant => now.toZonedDateTimeISO(CALENDAR).subtract(periodOf(kind, retention)).toInstant();

/** Kinds that would be kept for a shorter time than before: what a mistake, or somebody else's hand, could destroy. */
export const shortened = (before: Retention, after: Retention): RetentionKind[] =>
  RETENTION_KINDS.filter((kind) => after[kind] < before[kind]);
