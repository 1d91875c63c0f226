import type { Temporal } from "temporal-polyfill";
import { newId } from "@/lib/core/ids";
import type { Tx } from "@/lib/db/client";
import type { Patient, Practitioner } from "@/lib/db/generated/client";
import { messagePlace } from "@/lib/messaging/constants";
import { seal } from "@/lib/security/seal";
import { toDate } from "@/lib/time/instant";
import { fixedId } from "@/tests/support/fixed-id";

/** What the two have written to each other, the oldest first; hours before now. */
const MESSAGES = [
  {
    side: "patient",
    hours: 26,
    text: "Invented: thank you for yesterday. May I take the drops before meals?",
  },
  {
    side: "practitioner",
    hours: 25,
    text: "Invented: yes, half an hour before. Write to me if they do not help.",
  },
  { side: "patient", hours: 2, text: "Invented: they do not help much. Could we talk?" },
] as const;

/** A conversation of the demonstration's patient and the practitioner on duty, whose last message nobody has read. */
export async function seedConversation(
  tx: Tx,
  { patient, practitioner }: { patient: Patient; practitioner: Practitioner },
  now: Temporal.Instant,
): Promise<void> {
  const id = fixedId("conversation:demo");
  const at = (hours: number) => toDate(now.subtract({ hours }));
  const sequence = MESSAGES.length;
  await tx.conversation.create({
    data: {
      id,
      patientId: patient.id,
      practitionerId: practitioner.id,
      lastSequence: sequence,
      createdAt: at(26),
      lastMessageAt: at(2),
      readers: {
        create: [
          { side: "patient", deliveredSequence: sequence, readSequence: sequence },
          { side: "practitioner", deliveredSequence: sequence - 1, readSequence: sequence - 1 },
        ],
      },
    },
  });
  await tx.message.createMany({
    data: MESSAGES.map(({ side, hours, text }, index) => {
      const messageId = fixedId(`message:${index}`);
      const { sealed, keyId } = seal(text, messagePlace(messageId));
      return {
        id: messageId,
        conversationId: id,
        sequence: index + 1,
        side,
        kind: "text" as const,
        textSealed: sealed,
        textKeyId: keyId,
        clientId: newId(),
        createdAt: at(hours),
      };
    }),
  });
}
