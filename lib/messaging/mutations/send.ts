import type { Temporal } from "temporal-polyfill";
import { auditActor, conversationScope } from "@/lib/access/rules";
import type { Actor } from "@/lib/access/types";
import { recordAudit } from "@/lib/audit/mutations";
import type { WaitingRefusal } from "@/lib/auth/pipeline";
import { isId, newId } from "@/lib/core/ids";
import { ok, type Result, refuse } from "@/lib/core/result";
import type { Tx } from "@/lib/db/client";
import { lockConversation } from "@/lib/db/locks";
import { transaction } from "@/lib/db/transaction";
import { publish } from "@/lib/events/publish";
import { conversationTopic, patientTopic, practitionerTopic } from "@/lib/events/topics";
import { queueNotification } from "@/lib/notifications/mutations";
import { countAttempt } from "@/lib/security/rate-limit";
import { seal } from "@/lib/security/seal";
import { toDate } from "@/lib/time/instant";
import { FILES_PER_MESSAGE, messagePlace, SEND_LIMIT } from "../constants";
import { type ConversationRow, findConversation, readerOf } from "../data/conversations";
import { needsNotice, otherSide, textRefusal } from "../rules";
import type { SendRefusal, Side } from "../types";
import { advanceReader } from "./mark";

/**
 * Writes a message into a conversation. Sent twice with the same `clientId` it is one message, with the number it has: whoever does
 * not know whether it arrived sends it again.
 *
 * @param clientId a UUID made by the sender's page
 * @param attachmentIds files that this side has attached and not sent; they may still be being checked
 * @returns the message's number; or a refusal, `too_many` with the seconds to wait
 */
export async function sendMessage(
  actor: Actor,
  side: Side,
  message: { conversationId: string; clientId: string; text: string; attachmentIds?: readonly string[] },
  now: Temporal.Instant,
): Promise<Result<{ sequence: number }, SendRefusal> | WaitingRefusal<"too_many">> {
  const refusal = textRefusal(message.text, message.attachmentIds?.length);
  if (refusal) return refuse(refusal);
  const sender = auditActor(actor);
  if (!("pseudonym" in sender)) return refuse("not_found");
  const retryAfterSeconds = await countAttempt("message.send", sender.pseudonym, SEND_LIMIT, now);
  if (retryAfterSeconds !== undefined) return { ...refuse("too_many"), retryAfterSeconds };
  return transaction(async (tx) => {
    await lockConversation(tx, message.conversationId);
    const conversation = await findConversation(tx, conversationScope(actor, side), message.conversationId);
    if (!conversation) return refuse("not_found");
    const { clientId } = message;
    const known = await tx.message.findUnique({
      where: { conversationId_clientId: { conversationId: conversation.id, clientId } },
    });
    // One that the other side has used is nobody's own: it says nothing of what they wrote.
    if (known) return known.side === side ? ok({ sequence: known.sequence }) : refuse("not_found");
    const { id, sequence } = await writeMessage(
      tx,
      conversation,
      side,
      { clientId, content: { text: message.text } },
      now,
    );
    if (!(await takeFiles(tx, conversation.id, side, id, message.attachmentIds ?? [])))
      return refuse("file_gone");
    await noticeUnread(tx, conversation, otherSide(side), sequence, now);
    await publish(tx, [
      conversationTopic(conversation.id),
      patientTopic(conversation.patientId),
      practitionerTopic(conversation.practitionerId),
    ]);
    await recordAudit(
      tx,
      {
        action: "message.sent",
        details: { as: side },
        actor: sender,
        outcome: "success",
        subject: conversation.patient.pseudonym,
        entity: { type: "conversation", id: conversation.id },
      },
      now,
    );
    return ok({ sequence });
  });
}

/** What a message says: a text, which may be empty where it has files; or the card of a visit. */
type Content = { text: string } | { appointmentId: string };

/**
 * The message itself, under the next number. Whoever had read everything has still read everything after writing. Under the
 * conversation's lock.
 */
export async function writeMessage(
  tx: Tx,
  conversation: ConversationRow,
  side: Side,
  { clientId, content }: { clientId: string; content: Content },
  now: Temporal.Instant,
): Promise<{ id: string; sequence: number }> {
  const id = newId();
  const sequence = conversation.lastSequence + 1;
  const text = "text" in content && content.text !== "" ? seal(content.text, messagePlace(id)) : undefined;
  await tx.message.create({
    data: {
      id,
      conversationId: conversation.id,
      sequence,
      side,
      kind: "text" in content ? "text" : "visit",
      textSealed: text?.sealed ?? null,
      textKeyId: text?.keyId ?? null,
      appointmentId: "text" in content ? null : content.appointmentId,
      clientId,
      createdAt: toDate(now),
    },
  });
  await tx.conversation.update({
    where: { id: conversation.id },
    data: { lastSequence: sequence, lastMessageAt: toDate(now) },
  });
  const { delivered, read } = readerOf(conversation, side);
  await advanceReader(tx, conversation.id, side, { delivered, read });
  return { id, sequence };
}

/** Gives a message its files: all of them, each one's own side's, in this conversation, and in no message yet. */
async function takeFiles(
  tx: Tx,
  conversationId: string,
  side: Side,
  messageId: string,
  attachmentIds: readonly string[],
): Promise<boolean> {
  const ids = [...new Set(attachmentIds)];
  if (ids.length === 0) return true;
  if (ids.length > FILES_PER_MESSAGE || !ids.every(isId)) return false;
  const { count } = await tx.attachment.updateMany({
    where: { id: { in: ids }, conversationId, side, messageId: null, scan: { not: "refused" } },
    data: { messageId },
  });
  return count === ids.length;
}

/** A mail that there is something to read, without a word of it, a few minutes later and unless it has been read by then. */
export async function noticeUnread(
  tx: Tx,
  { id, patientId, practitioner, readers }: ConversationRow,
  side: Side,
  sequence: number,
  now: Temporal.Instant,
): Promise<void> {
  const { read, noticed } = readerOf({ readers }, side);
  if (!needsNotice({ readSequence: read, noticedSequence: noticed })) return;
  await tx.conversationReader.update({
    where: { conversationId_side: { conversationId: id, side } },
    data: { noticedSequence: sequence },
  });
  const recipient = side === "patient" ? { patientId } : { userId: practitioner.userId };
  await queueNotification(tx, { kind: "messages_unread", conversationId: id, ...recipient, now });
}
