import "server-only";
import type { Temporal } from "temporal-polyfill";
import { conversationScope } from "@/lib/access/rules";
import type { Actor, ConversationScope } from "@/lib/access/types";
import { recordOnce } from "@/lib/audit/mutations";
import { systemNow } from "@/lib/core/clock";
import { ok } from "@/lib/core/result";
import { db, type Tx } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { loadViewer } from "@/lib/i18n/viewer";
import { describeMoment, type Viewer } from "@/lib/time/format";
import { toInstant } from "@/lib/time/instant";
import { listAttachments, readFilesDto } from "../data/attachments";
import { listCards } from "../data/cards";
import { type ConversationRow, findConversation, readerOf } from "../data/conversations";
import { listMessages, type OpenedMessage, searchMessages } from "../data/messages";
import { otherSide, readingOf } from "../rules";
import type { ConversationDto, ConversationState, MessageDto, SearchDto, Side } from "../types";

/**
 * Opens something of a conversation of the actor's and writes into the trail that it was read; without the second there is no first.
 * Nothing for one of somebody else.
 */
async function openAudited<T>(
  actor: Actor,
  side: Side,
  conversationId: string,
  open: (tx: Tx, scope: ConversationScope, row: ConversationRow) => Promise<T>,
): Promise<{ scope: ConversationScope; row: ConversationRow; opened: T } | undefined> {
  const scope = conversationScope(actor, side);
  const read = await transaction(async (tx) => {
    const row = await findConversation(tx, scope, conversationId);
    if (!row) return ok(undefined);
    const opened = await open(tx, scope, row);
    if (row.lastSequence > 0) await recordOnce(tx, [readingOf(actor, side, row)], systemNow());
    return ok({ scope, row, opened });
  });
  return read.ok ? read.value : undefined;
}

/** A conversation of the actor's on one side; nothing for one of somebody else. */
export async function readConversation(
  actor: Actor,
  side: Side,
  conversationId: string,
): Promise<ConversationDto | undefined> {
  const read = await openAudited(actor, side, conversationId, async (tx, scope, row) => ({
    listed: await listMessages(tx, scope, row.id),
    files: await readFilesDto(tx, scope, row.id, side),
  }));
  if (!read) return undefined;
  const { scope, row, opened } = read;
  return {
    conversationId: row.id,
    side,
    otherName: side === "patient" ? row.practitioner.displayName : row.patient.name,
    practitionerName: row.practitioner.displayName,
    state: await stateOf(scope, row, side, opened.listed),
    files: opened.files,
  };
}

/** The changing part alone. */
export async function readConversationState(
  actor: Actor,
  side: Side,
  conversationId: string,
): Promise<ConversationState | undefined> {
  const read = await openAudited(actor, side, conversationId, (tx, scope, row) =>
    listMessages(tx, scope, row.id),
  );
  return read && stateOf(read.scope, read.row, side, read.opened);
}

async function stateOf(
  scope: ConversationScope,
  row: ConversationRow,
  side: Side,
  { messages, earlier }: Awaited<ReturnType<typeof listMessages>>,
): Promise<ConversationState> {
  const [own, other] = [readerOf(row, side), readerOf(row, otherSide(side))];
  return {
    messages: await describe(scope, messages, side, await loadViewer(), systemNow()),
    earlier: earlier ?? null,
    own: { delivered: own.delivered, read: own.read },
    other: { delivered: other.delivered, read: other.read },
  };
}

/** Messages from before a number. */
export async function readEarlier(
  actor: Actor,
  side: Side,
  conversationId: string,
  before: number,
): Promise<Pick<ConversationState, "messages" | "earlier"> | undefined> {
  const read = await openAudited(actor, side, conversationId, (tx, scope, row) =>
    listMessages(tx, scope, row.id, before),
  );
  if (!read) return undefined;
  const { messages, earlier } = read.opened;
  const described = await describe(read.scope, messages, side, await loadViewer(), systemNow());
  return { messages: described, earlier: earlier ?? null };
}

/** Messages in which a text occurs. */
export async function readSearch(
  actor: Actor,
  side: Side,
  conversationId: string,
  query: string,
): Promise<SearchDto | undefined> {
  const read = await openAudited(actor, side, conversationId, (tx, scope, row) =>
    searchMessages(tx, scope, row.id, query),
  );
  if (!read) return undefined;
  const { found, isComplete } = read.opened;
  return { found: await describe(read.scope, found, side, await loadViewer(), systemNow()), isComplete };
}

async function describe(
  scope: ConversationScope,
  messages: readonly OpenedMessage[],
  side: Side,
  viewer: Viewer,
  now: Temporal.Instant,
): Promise<MessageDto[]> {
  const ids = messages.map(({ id }) => id);
  const [files, cards] = [
    await listAttachments(db(), scope, ids),
    await listCards(db(), scope, messages, now),
  ];
  return messages.map((message) => {
    const { shortDate, time } = describeMoment(toInstant(message.createdAt), viewer, now);
    const isOwn = message.side === side;
    return {
      messageId: message.id,
      sequence: message.sequence,
      isOwn,
      clientId: isOwn ? message.clientId : null,
      text: message.text,
      files: files.get(message.id) ?? [],
      card: (message.appointmentId && cards.get(message.appointmentId)) || null,
      date: shortDate,
      time,
    };
  });
}
