import "server-only";
import type { Temporal } from "temporal-polyfill";
import { conversationScope } from "@/lib/access/rules";
import type { Actor, ConversationScope } from "@/lib/access/types";
import { systemNow } from "@/lib/core/clock";
import { db } from "@/lib/db/client";
import { loadViewer } from "@/lib/i18n/viewer";
import { describeMoment, type Viewer } from "@/lib/time/format";
import { toInstant } from "@/lib/time/instant";
import { listAttachments, readFilesDto } from "../data/attachments";
import { listCards } from "../data/cards";
import { type ConversationRow, findConversation, readerOf } from "../data/conversations";
import { listMessages, type OpenedMessage, searchMessages } from "../data/messages";
import { otherSide } from "../rules";
import type { ConversationDto, ConversationState, MessageDto, SearchDto, Side } from "../types";

/** A conversation of the actor's on one side; nothing for one of somebody else. */
export async function readConversation(
  actor: Actor,
  side: Side,
  conversationId: string,
): Promise<ConversationDto | undefined> {
  const scope = conversationScope(actor, side);
  const row = await findConversation(db(), scope, conversationId);
  if (!row) return undefined;
  return {
    conversationId: row.id,
    side,
    otherName: side === "patient" ? row.practitioner.displayName : row.patient.name,
    practitionerName: row.practitioner.displayName,
    state: await stateOf(scope, row, side),
    files: await readFilesDto(db(), scope, row.id, side),
  };
}

/** The changing part alone. */
export async function readConversationState(
  actor: Actor,
  side: Side,
  conversationId: string,
): Promise<ConversationState | undefined> {
  const scope = conversationScope(actor, side);
  const row = await findConversation(db(), scope, conversationId);
  return row && stateOf(scope, row, side);
}

async function stateOf(
  scope: ConversationScope,
  row: ConversationRow,
  side: Side,
): Promise<ConversationState> {
  const { messages, earlier } = await listMessages(db(), scope, row.id);
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
  const scope = conversationScope(actor, side);
  const row = await findConversation(db(), scope, conversationId);
  if (!row) return undefined;
  const { messages, earlier } = await listMessages(db(), scope, row.id, before);
  const described = await describe(scope, messages, side, await loadViewer(), systemNow());
  return { messages: described, earlier: earlier ?? null };
}

/** Messages in which a text occurs. */
export async function readSearch(
  actor: Actor,
  side: Side,
  conversationId: string,
  query: string,
): Promise<SearchDto | undefined> {
  const scope = conversationScope(actor, side);
  const row = await findConversation(db(), scope, conversationId);
  if (!row) return undefined;
  const { found, isComplete } = await searchMessages(db(), scope, row.id, query);
  return { found: await describe(scope, found, side, await loadViewer(), systemNow()), isComplete };
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
