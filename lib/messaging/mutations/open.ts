import type { Temporal } from "temporal-polyfill";
import { auditActor } from "@/lib/access/rules";
import type { Actor } from "@/lib/access/types";
import { recordAudit } from "@/lib/audit/mutations";
import { newId } from "@/lib/core/ids";
import { ok, type Result, refuse } from "@/lib/core/result";
import { transaction } from "@/lib/db/transaction";
import { publish } from "@/lib/events/publish";
import { appointmentTopic } from "@/lib/events/topics";
import { toDate } from "@/lib/time/instant";
import { type Contact, isContact } from "../data/conversations";
import type { OpenRefusal, Side } from "../types";

/** Visits so near may be going on: their pages then show the conversation that has begun. */
const NEAR_HOURS = 24;

/** The conversation of two who have or had a visit with each other; it begins when one of them first opens it. */
export const openConversation = (
  actor: Actor,
  side: Side,
  { patientId, practitionerId }: Contact,
  now: Temporal.Instant,
): Promise<Result<{ conversationId: string }, OpenRefusal>> =>
  transaction(async (tx) => {
    if (!(await isContact(tx, actor, side, { patientId, practitionerId }))) return refuse("not_found");
    const id = newId();
    const at = toDate(now);
    const { count } = await tx.conversation.createMany({
      data: { id, patientId, practitionerId, lastMessageAt: at, createdAt: at },
      skipDuplicates: true,
    });
    const conversation = await tx.conversation.findUniqueOrThrow({
      where: { patientId_practitionerId: { patientId, practitionerId } },
      include: { patient: { select: { pseudonym: true } } },
    });
    if (count === 0) return ok({ conversationId: conversation.id });
    await tx.conversationReader.createMany({
      data: [
        { conversationId: id, side: "patient" },
        { conversationId: id, side: "practitioner" },
      ],
    });
    const near = await tx.appointment.findMany({
      where: {
        patientId,
        practitionerId,
        encounter: { status: "in_progress" },
        startAt: {
          gte: toDate(now.subtract({ hours: NEAR_HOURS })),
          lte: toDate(now.add({ hours: NEAR_HOURS })),
        },
      },
      select: { id: true },
    });
    await publish(
      tx,
      near.map((visit) => appointmentTopic(visit.id)),
    );
    await recordAudit(
      tx,
      {
        action: "conversation.opened",
        details: { as: side },
        actor: auditActor(actor),
        outcome: "success",
        subject: conversation.patient.pseudonym,
        entity: { type: "conversation", id },
      },
      now,
    );
    return ok({ conversationId: id });
  });
