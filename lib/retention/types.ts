import type { Temporal } from "temporal-polyfill";
import type { Confirmation } from "@/lib/auth/types";

/** In what a period is counted. */
export type PeriodUnit = "days" | "years";

/** What a clinic sets a period for: data that are kept for the same reason, and go together. */
export type RetentionKind =
  /** What was written about and for visits, by both sides, and who the patient was. */
  | "records"
  /** Conversations and their files. */
  | "messages"
  /** What patients found their devices able to do. */
  | "deviceChecks"
  /** What patients said of picture and sound in their own words; grades stay. */
  | "comments"
  /** Places in the queue that did not lead to a visit. */
  | "queueEntries"
  | "waitlist"
  /** Which mails were sent. */
  | "mails"
  /** Sign-ins that have ended. */
  | "sessions"
  /** Personal links that have ended. */
  | "links"
  | "trail";

/** How long each kind is kept, in its own unit. */
export type Retention = Readonly<Record<RetentionKind, number>>;

/** What the portal itself removes; the trail is its owner's alone to take from. */
export type SweptKind = Exclude<RetentionKind, "trail">;

/** How much of a kind may go, and since when the oldest of it has been there. */
export type Due = { kind: RetentionKind; rows: number; oldest: Temporal.Instant | undefined };

/** One kind as administrators see it. */
export type RetentionLine = {
  kind: RetentionKind;
  unit: PeriodUnit;
  period: number;
  min: number;
  max: number;
  /** How much would go tonight, and the day on which the oldest of it began to count. */
  rows: number;
  oldest: string | null;
};

export type RetentionPage = {
  /** In the order of the page. */
  lines: readonly RetentionLine[];
  /** How the reader confirms that a period becomes shorter. */
  confirmation: Confirmation;
};
