import type { Temporal } from "temporal-polyfill";
import { auditActor, conversationScope } from "@/lib/access/rules";
import type { Actor } from "@/lib/access/types";
import { recordAudit } from "@/lib/audit/mutations";
import { newId } from "@/lib/core/ids";
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
import { messagePlace, SEND_LIMIT } from "../constants";
import { type ConversationRow, findConversation, readerOf } from "../data/conversations";
import { needsNotice, otherSide, textRefusal } from "../rules";
import type { SendRefusal, Side } from "../types";
import { advanceReader } from "./mark";

/**
 * Writes a message into a conversation. Sent twice with the same `clientId` it is one message, with the number it has: whoever does
 * not know whether it arrived sends it again.
 *
 * @param clientId a UUID made by the sender's page
 * @returns the message's number
 */
export async function sendMessage(
  actor: Actor,
  side: Side,
  message: { conversationId: string; clientId: string; text: string },
  now: Temporal.Instant,
): Promise<Result<{ sequence: number }, SendRefusal>> {
  const refusal = textRefusal(message.text);
  if (refusal) return refuse(refusal);
  const sender = auditActor(actor);
  if (!("pseudonym" in sender)) return refuse("not_found");
  if ((await countAttempt("message.send", sender.pseudonym, SEND_LIMIT, now)) !== undefined)
    return refuse("too_many");
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
    const sequence = await write(tx, conversation, side, message, now);
    await notice(tx, conversation, otherSide(side), sequence, now);
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

/** The message itself, under the next number. Whoever had read everything has still read everything after writing. */
async function write(
  tx: Tx,
  conversation: ConversationRow,
  side: Side,
  { clientId, text }: { clientId: string; text: string },
  now: Temporal.Instant,
): Promise<number> {
  const id = newId();
  const sequence = conversation.lastSequence + 1;
  const { sealed, keyId } = seal(text, messagePlace(id));
  await tx.message.create({
    data: {
      id,
      conversationId: conversation.id,
      sequence,
      side,
      kind: "text",
      textSealed: sealed,
      textKeyId: keyId,
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
  return sequence;
}

/** A mail that there is something to read, without a word of it, a few minutes later and unless it has been read by then. */
async function notice(
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
