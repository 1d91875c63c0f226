import type { ConversationState, MessageDto } from "@/lib/messaging/types";

export type Page = Pick<ConversationState, "messages" | "earlier">;

/**
 * What a page shows: the messages that it had loaded from before, and the last ones as the stream says them. Numbers have no gaps, so
 * where one is between the two, more was missed than a page holds, and what was before it is loaded anew when somebody asks.
 */
export function mergePages(held: Page, live: Page): Page {
  const first = live.messages[0]?.sequence ?? 1;
  const before = held.messages.filter(({ sequence }) => sequence < first);
  const last = before.at(-1)?.sequence;
  if (last === undefined || last + 1 !== first) return live;
  return { messages: [...before, ...live.messages], earlier: held.earlier };
}

/** What waits to be sent and has not come back as a message yet. */
export const stillWaiting = <T extends { clientId: string }>(
  waiting: readonly T[],
  messages: readonly MessageDto[],
): T[] => {
  const there = new Set(messages.map(({ clientId }) => clientId));
  return waiting.filter(({ clientId }) => !there.has(clientId));
};
