import type { JoinAnswer, StartAnswer } from "@/lib/visits/types/visit";
import type { Answer } from "./call-api";

/** Where one tab stands with the call. */
export type CallState =
  | { name: "out" }
  | { name: "joining" }
  | { name: "in"; answer: JoinAnswer }
  /** Left by the person: stays so until they come back. */
  | { name: "left" }
  /** Another tab of this browser has the call, or another device. */
  | { name: "elsewhere"; on: "tab" | "device" }
  /** Nobody need do anything: it is tried again after a while. */
  | { name: "retrying"; reason: Trouble; attempt: number }
  /** It is not tried again by itself. */
  | { name: "refused"; reason: Trouble };

export type Trouble =
  | Exclude<Extract<Answer<never>, { kind: "refused" }>["reason"], "elsewhere">
  | "offline"
  | "dropped"
  | "not_supported";

/** Reasons that pass by themselves. */
const PASSING: ReadonlySet<Trouble> = new Set([
  "offline",
  "video_unavailable",
  "too_many_attempts",
  "unknown",
]);

const MAX_ATTEMPTS = 40;
const DELAYS_SECONDS = [1, 2, 4, 8, 15];

/** Seconds before the next try; after the first ones always the same, so that a call comes back soon after TrueConf does. */
export const retryDelaySeconds = (attempt: number): number =>
  DELAYS_SECONDS[Math.min(attempt, DELAYS_SECONDS.length) - 1] ?? 1;

/**
 * What follows from an answer to a join or a start: in, to be tried again, or refused. While an account is being rung nothing
 * happens in this tab: the page's live state says how that goes. Whoever finds no seat in a visit that began waits for one; to begin
 * one without is for the practitioner to decide.
 */
export function afterAnswer(
  answer: Answer<StartAnswer>,
  attempt: number,
  how: "join" | "start" | "third" = "join",
): CallState {
  if (answer.kind === "ok")
    return "calling" in answer.value ? { name: "out" } : { name: "in", answer: answer.value };
  const reason = answer.kind === "offline" ? "offline" : answer.reason;
  // The page knows by its live state why it is not time: there is nothing to say about it here.
  if (reason === "not_started" || reason === "ended" || reason === "cancelled") return { name: "out" };
  if (reason === "elsewhere") return { name: "elsewhere", on: "device" };
  const passes = PASSING.has(reason) || (reason === "no_guest_seat" && how !== "start");
  return passes && attempt < MAX_ATTEMPTS
    ? { name: "retrying", reason, attempt: attempt + 1 }
    : { name: "refused", reason };
}

const DROPS_ALLOWED = 3;
const WITHIN_MS = 60_000;

/**
 * Whether a call that dropped is joined again by itself: a few times in a minute, so that a server that throws everybody
 * out is not asked for ever.
 *
 * @param drops when earlier drops were, in epoch milliseconds
 */
export const mayRejoin = (drops: readonly number[], now: number): boolean =>
  drops.filter((drop) => now - drop < WITHIN_MS).length < DROPS_ALLOWED;

/** What the video page says to the page around it (TrueConf's web client: `type` of its messages). */
export type FrameMessage = "logout" | "connectionClosed" | "loginFail" | "notSupported";
const FRAME_MESSAGES: readonly string[] = [
  "logout",
  "connectionClosed",
  "loginFail",
  "notSupported",
] satisfies FrameMessage[];

/** Reads a message of the video page; anything else that pages send each other is nothing. */
export function readFrameMessage(data: unknown): FrameMessage | undefined {
  if (typeof data !== "object" || data === null || !("type" in data)) return undefined;
  return FRAME_MESSAGES.includes(String(data.type)) ? (String(data.type) as FrameMessage) : undefined;
}
