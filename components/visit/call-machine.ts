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
  /** The video page itself lets the person in as little with each new link: full, or stopped. */
  | "turned_away"
  | "not_supported";

/** How a practitioner with a TrueConf account starts: the app rings, or this browser is let in as that user. */
export type StartBy = "app" | "browser";

/** Whose way in a tab asks for: `start` opens the gate as well, for the practitioner; `third` is a third person's. */
export type How = "join" | "start" | "third";

/**
 * What a person has asked for, and what is asked again until it is there: also to take the call over from another tab or device, and
 * how to go in.
 */
export type Wish = { take: boolean; by: StartBy | undefined };

/** Once in, the call is not taken again from whoever has taken it meanwhile. */
export const onceIn = ({ by }: Wish): Wish => ({ take: false, by });

/** Which of the portal's calls a wish is: the app is rung by a start, also in a visit that began. */
export const callOf = (how: How, { by }: Wish): How => (how === "join" && by === "app" ? "start" : how);

/** Reasons that pass by themselves. */
const PASSING: ReadonlySet<string> = new Set<Trouble>([
  "offline",
  "video_unavailable",
  "too_many_attempts",
  "unknown",
]);

/** Whether the same may be heard, or allowed, when it is asked again. */
export const mayPass = (answer: Answer<unknown>): boolean =>
  answer.kind === "offline" || (answer.kind === "refused" && PASSING.has(answer.reason));

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
export function afterAnswer(answer: Answer<StartAnswer>, attempt: number, how: How = "join"): CallState {
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

/** Calls that dropped one soon after the other, and when the last did, in epoch milliseconds. */
export type Drops = { inRow: number; lastAt: number };
export const NO_DROPS: Drops = { inRow: 0, lastAt: 0 };

/** A call that lasted longer was a good one: what comes after it is a new beginning. Longer than any delay and a slow entry together. */
const CALM_MS = 60_000;
/** With the delays between them some minutes: enough for a server that starts anew, and not for ever. */
const DROPS_ALLOWED = 12;
/** From here on it is no accident that the page turns somebody away. */
const TURNED_AWAY_FROM = 3;

export const countDrop = ({ inRow, lastAt }: Drops, now: number): Drops => ({
  inRow: now - lastAt < CALM_MS ? inRow + 1 : 1,
  lastAt: now,
});

/**
 * What follows from a call that dropped: joined again by itself, later each time, so that a server has the time to come to itself. Whoever
 * is not in it any more stays so: a frame may still speak when its page has heard that the visit is over.
 */
export function afterDrop(state: CallState, { inRow }: Drops, message: FrameMessage): CallState {
  if (state.name !== "in") return state;
  const reason = message === "loginFail" && inRow >= TURNED_AWAY_FROM ? "turned_away" : "dropped";
  return inRow <= DROPS_ALLOWED
    ? { name: "retrying", reason, attempt: inRow + 1 }
    : { name: "refused", reason };
}

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
