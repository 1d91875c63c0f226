import { randomUUID } from "node:crypto";
import { newId } from "@/lib/core/ids";
import { messagePlace } from "@/lib/messaging/constants";
import { seal } from "@/lib/security/seal";
import type { PortalAddresses } from "@/tests/support/portal";
import { type Practice, type StagedVisit, stageVisit, withRows } from "./practice";

export type Talk = StagedVisit & { conversationId: string };

/** A patient who had a visit, yesterday if nothing else is said, with its personal link, and the conversation of the two. */
export async function stageTalk(
  portal: PortalAddresses,
  practice: Practice,
  { patientId, hoursAgo = 24 }: { patientId?: string; hoursAgo?: number } = {},
): Promise<Talk> {
  const visit = await stageVisit(portal, practice, {
    starts: { hours: -hoursAgo },
    status: "fulfilled",
    ...(patientId ? { patientId } : {}),
  });
  const conversationId = await withRows(portal, async (database, now) => {
    const at = new Date(now.epochMilliseconds);
    const row = await database.appointment.findUniqueOrThrow({ where: { id: visit.appointmentId } });
    const { id } = await database.conversation.create({
      data: {
        id: randomUUID(),
        patientId: row.patientId,
        practitionerId: practice.practitionerId,
        lastMessageAt: at,
        createdAt: at,
        readers: { create: [{ side: "patient" }, { side: "practitioner" }] },
      },
    });
    return id;
  });
  return { ...visit, conversationId };
}

/** Messages that were written before the test began. */
export const writeMessages = (
  portal: PortalAddresses,
  { conversationId }: Pick<Talk, "conversationId">,
  side: "patient" | "practitioner",
  texts: readonly string[],
): Promise<void> =>
  withRows(portal, async (database, now) => {
    const createdAt = new Date(now.epochMilliseconds);
    const { lastSequence } = await database.conversation.findUniqueOrThrow({ where: { id: conversationId } });
    await database.message.createMany({
      data: texts.map((text, index) => {
        const id = newId();
        const { sealed, keyId } = seal(text, messagePlace(id));
        return {
          id,
          conversationId,
          sequence: lastSequence + index + 1,
          side,
          kind: "text" as const,
          textSealed: sealed,
          textKeyId: keyId,
          clientId: randomUUID(),
          createdAt,
        };
      }),
    });
    await database.conversation.update({
      where: { id: conversationId },
      data: { lastSequence: lastSequence + texts.length, lastMessageAt: createdAt },
    });
  });

/** Puts files into a message, as sending it does. */
export const putIntoMessage = (
  portal: PortalAddresses,
  { conversationId }: Pick<Talk, "conversationId">,
  ids: readonly string[],
): Promise<void> =>
  withRows(portal, async (database, now) => {
    const { lastSequence } = await database.conversation.findUniqueOrThrow({ where: { id: conversationId } });
    const sequence = lastSequence + 1;
    const message = await database.message.create({
      data: {
        id: randomUUID(),
        conversationId,
        sequence,
        side: "patient",
        kind: "text",
        clientId: randomUUID(),
        createdAt: new Date(now.epochMilliseconds),
      },
    });
    await database.conversation.update({ where: { id: conversationId }, data: { lastSequence: sequence } });
    await database.attachment.updateMany({
      where: { id: { in: [...ids] } },
      data: { messageId: message.id },
    });
  });
