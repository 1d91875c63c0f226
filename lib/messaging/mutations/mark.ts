import type { Temporal } from "temporal-polyfill";
import { conversationScope } from "@/lib/access/rules";
import type { Actor } from "@/lib/access/types";
import { recordOnce } from "@/lib/audit/mutations";
import { ok, type Result, refuse } from "@/lib/core/result";
import type { Tx } from "@/lib/db/client";
import { lockConversation } from "@/lib/db/locks";
import { transaction } from "@/lib/db/transaction";
import { publish } from "@/lib/events/publish";
import { conversationTopic, patientTopic, practitionerTopic } from "@/lib/events/topics";
import { findConversation, readerOf } from "../data/conversations";
import { otherSide, readingOf } from "../rules";
import type { Side } from "../types";

/** The numbers of the last message that reached a browser, and of the last that was seen. */
type Marks = { delivered: number; read: number };

/**
 * Says how far one side has got. Marks only ever go forward, and never beyond what was written; what was read was delivered. Said
 * again, or late, it changes nothing.
 */
export const markConversation = (
  actor: Actor,
  side: Side,
  { conversationId, delivered, read }: Marks & { conversationId: string },
  now: Temporal.Instant,
): Promise<Result<undefined, "not_found">> =>
  transaction(async (tx) => {
    await lockConversation(tx, conversationId);
    const conversation = await findConversation(tx, conversationScope(actor, side), conversationId);
    if (!conversation) return refuse("not_found");
    const before = readerOf(conversation, side);
    const last = conversation.lastSequence;
    const after = await advanceReader(tx, conversation.id, side, {
      read: Math.max(before.read, Math.min(read, last)),
      delivered: Math.max(before.delivered, Math.min(Math.max(delivered, read), last)),
    });
    if (after.read === before.read && after.delivered === before.delivered) return ok();
    await publish(tx, [
      conversationTopic(conversation.id),
      side === "patient"
        ? patientTopic(conversation.patientId)
        : practitionerTopic(conversation.practitionerId),
    ]);
    if (after.read > before.read) await recordOnce(tx, [readingOf(actor, side, conversation)], now);
    return ok();
  });

/**
 * Sets one side's marks. A mark runs on over that side's own messages, up to the next one of the other side, so that whoever is at
 * the end has read everything. Under the conversation's lock.
 */
export async function advanceReader(
  tx: Tx,
  conversationId: string,
  side: Side,
  marks: Marks,
): Promise<Marks> {
  const read = await reach(tx, conversationId, side, marks.read);
  const delivered = Math.max(read, await reach(tx, conversationId, side, marks.delivered));
  await tx.conversationReader.update({
    where: { conversationId_side: { conversationId, side } },
    data: { readSequence: read, deliveredSequence: delivered },
  });
  return { read, delivered };
}

/** The last message before the next one of the other side after a number. */
async function reach(tx: Tx, conversationId: string, side: Side, sequence: number): Promise<number> {
  const next = await tx.message.findFirst({
    where: { conversationId, side: otherSide(side), sequence: { gt: sequence } },
    orderBy: { sequence: "asc" },
    select: { sequence: true },
  });
  if (next) return next.sequence - 1;
  const { lastSequence } = await tx.conversation.findUniqueOrThrow({
    where: { id: conversationId },
    select: { lastSequence: true },
  });
  return lastSequence;
}
