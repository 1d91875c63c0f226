import type { LiveStatus, News, Want } from "./types";

/** The line between the tabs. The number changes with the messages: after a deployment, pages of both versions are open. */
export const CHANNEL = "portal-live-2";

export type StreamStatus = Exclude<LiveStatus, "gone">;

/** A page was opened, somebody looks at one, or one gives a sign of life. */
export type Reason = "new" | "seen" | "here";

export type Message =
  /** What a tab follows; nothing means good-bye. */
  | { type: "wants"; tab: string; wants: Want[]; why: Reason }
  /** A tab has taken the lead: the others tell it what they want. */
  | { type: "lead"; tab: string }
  /** What the stream said, and how the stream is. */
  | { type: "news"; tab: string; news: News[]; status: StreamStatus };
