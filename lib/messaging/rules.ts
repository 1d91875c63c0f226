import { MESSAGE_MAX_LENGTH } from "./constants";
import type { SendRefusal, Side } from "./types";

export const otherSide = (side: Side): Side => (side === "patient" ? "practitioner" : "patient");

/** Why a text cannot be sent, or nothing. */
export function textRefusal(text: string): Extract<SendRefusal, "empty" | "too_long"> | undefined {
  if (text.length > MESSAGE_MAX_LENGTH) return "too_long";
  return text.trim() === "" ? "empty" : undefined;
}

/**
 * Whether a mail should say that there is something unread. Once for each stretch: until its reader has got as far as the last mail
 * spoke of, there is nothing new to say.
 */
export const needsNotice = ({
  readSequence,
  noticedSequence,
}: {
  readSequence: number;
  noticedSequence: number;
}): boolean => noticedSequence <= readSequence;

/** Text as it is searched: without regard to case, or to how its letters are composed. */
export const folded = (text: string): string => text.normalize("NFKC").toLowerCase();
