import type { ConversationScope } from "@/lib/access/types";
import type { Db } from "@/lib/db/client";
import type { Message } from "@/lib/db/generated/client";
import { unseal } from "@/lib/security/seal";
import { MESSAGES_PER_PAGE, messagePlace, SEARCH_MAX_FOUND, SEARCH_MAX_READ } from "../constants";
import { folded } from "../rules";

const opened = ({ textSealed, textKeyId, ...message }: Message) => ({
  ...message,
  text:
    textSealed && textKeyId ? unseal({ keyId: textKeyId, sealed: textSealed }, messagePlace(message.id)) : "",
});

export type OpenedMessage = ReturnType<typeof opened>;

/** So many messages before a number, or the last ones, the latest first. */
const readBack = (
  db: Db,
  scope: ConversationScope,
  conversationId: string,
  before: number | undefined,
  take: number,
) =>
  db.message.findMany({
    where: {
      conversationId,
      conversation: scope,
      ...(before !== undefined && { sequence: { lt: before } }),
    },
    orderBy: { sequence: "desc" },
    take,
  });

/**
 * A page of a conversation's messages in the order they were written: the last ones, or those before a number. Out of scope there
 * are none.
 *
 * @returns `earlier` when there are more, what to ask for next
 */
export async function listMessages(
  db: Db,
  scope: ConversationScope,
  conversationId: string,
  before?: number,
): Promise<{ messages: OpenedMessage[]; earlier: number | undefined }> {
  const rows = await readBack(db, scope, conversationId, before, MESSAGES_PER_PAGE);
  const first = rows.at(-1)?.sequence ?? 1;
  // Numbers have no gaps, so the first one tells whether anything stands before it.
  return { messages: rows.reverse().map(opened), earlier: first > 1 ? first : undefined };
}

/** What was written after a number, as far as a page goes: what somebody missed whose line had dropped. */
export async function listMessagesAfter(
  db: Db,
  scope: ConversationScope,
  conversationId: string,
  after: number,
): Promise<OpenedMessage[]> {
  const rows = await db.message.findMany({
    where: { conversationId, conversation: scope, sequence: { gt: after } },
    orderBy: { sequence: "asc" },
    take: MESSAGES_PER_PAGE,
  });
  return rows.map(opened);
}

/**
 * Messages of one conversation of a scope in which a text occurs, the latest first. Texts are sealed, so they are opened here, in
 * bounded number.
 *
 * @returns `isComplete` unless a bound was met before the conversation's beginning
 */
export async function searchMessages(
  db: Db,
  scope: ConversationScope,
  conversationId: string,
  query: string,
  bounds: { read: number; found: number } = { read: SEARCH_MAX_READ, found: SEARCH_MAX_FOUND },
): Promise<{ found: OpenedMessage[]; isComplete: boolean }> {
  const wanted = folded(query.trim());
  const found: OpenedMessage[] = [];
  if (wanted === "") return { found, isComplete: true };
  let before: number | undefined;
  for (let read = 0; before !== 1; ) {
    if (read >= bounds.read) return { found, isComplete: false };
    const rows = await readBack(
      db,
      scope,
      conversationId,
      before,
      Math.min(MESSAGES_PER_PAGE, bounds.read - read),
    );
    for (const row of rows) {
      const message = opened(row);
      if (!folded(message.text).includes(wanted)) continue;
      if (found.length === bounds.found) return { found, isComplete: false };
      found.push(message);
    }
    read += rows.length;
    before = rows.at(-1)?.sequence ?? 1;
  }
  return { found, isComplete: true };
}
