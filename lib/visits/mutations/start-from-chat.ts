import type { Temporal } from "temporal-polyfill";
import { auditActor, conversationScope } from "@/lib/access/rules";
import type { Actor } from "@/lib/access/types";
import { recordAudit } from "@/lib/audit/mutations";
import { lockClaims } from "@/lib/booking/mutations/claim";
import { createInstantVisit, INSTANT_CONSTRAINTS } from "@/lib/booking/mutations/instant";
import { newId } from "@/lib/core/ids";
import { ok, type Result, refuse } from "@/lib/core/result";
import { db, type Tx } from "@/lib/db/client";
import { lockConversation } from "@/lib/db/locks";
import { transaction } from "@/lib/db/transaction";
import { publish } from "@/lib/events/publish";
import { conversationTopic } from "@/lib/events/topics";
import { findCardVisit, findLastCardVisit } from "@/lib/messaging/data/cards";
import { type ConversationRow, findConversation } from "@/lib/messaging/data/conversations";
import { noticeUnread, writeMessage } from "@/lib/messaging/mutations/send";
import { isOpenCard } from "@/lib/messaging/rules";
import { mintVisitLink } from "@/lib/security/access-link";
import type { ChatVisitRefusal } from "../types/chat";

/**
 * Turns a conversation into a visit that begins now: written as any visit is, with a card in the conversation by which the patient
 * joins. The practitioner then starts it as any other. Asked for again while that visit is still open, it is the same one; where a
 * colleague has taken that one over, the patient is in another's visit.
 */
export async function startFromChat(
  actor: Actor,
  conversationId: string,
  now: Temporal.Instant,
): Promise<Result<{ appointmentId: string }, ChatVisitRefusal>> {
  const scope = conversationScope(actor, "practitioner");
  const known = await findConversation(db(), scope, conversationId);
  if (!known) return refuse("not_found");
  return transaction(async (tx) => {
    // In the house's order; the visit takes the first two once more, which then cost nothing.
    await lockClaims(tx, [known.practitionerId]);
    await lockConversation(tx, known.id);
    const conversation = await findConversation(tx, scope, known.id);
    if (!conversation) return refuse("not_found");
    const last = await findLastCardVisit(tx, scope, conversation.id);
    if (last && isOpenCard(last, now))
      return last.handedTo === undefined ? ok({ appointmentId: last.appointmentId }) : refuse("patient_busy");
    const { patientId, practitionerId } = conversation;
    const like = await findLike(tx, conversation);
    if (!like) return refuse("not_offered");
    const visit = await createInstantVisit(
      tx,
      { ...like, patientId, practitionerId, origin: "chat", actor: auditActor(actor) },
      now,
    );
    if (!visit.ok) return visit;
    const { appointmentId } = visit.value;
    const message = { clientId: newId(), content: { appointmentId } };
    const { sequence } = await writeMessage(tx, conversation, "practitioner", message, now);
    await noticeUnread(tx, conversation, "patient", sequence, now);
    await publish(tx, [conversationTopic(conversation.id)]);
    return ok({ appointmentId });
  }, INSTANT_CONSTRAINTS);
}

/**
 * What kind of visit it becomes, in which language and zone: as the last one of the two, or of another kind that the practitioner
 * offers, at once rather than not, where that one is offered no more.
 */
async function findLike(
  tx: Tx,
  { patientId, practitionerId }: ConversationRow,
): Promise<{ visitTypeId: string; locale: string; timeZone: string } | undefined> {
  const last = await tx.appointment.findFirst({
    where: { patientId, practitionerId, status: { not: "pending" } },
    orderBy: { startAt: "desc" },
    select: { visitTypeId: true, locale: true, timeZone: true },
  });
  if (!last) return undefined;
  const offered = await tx.visitType.findMany({
    where: { active: true, practitioners: { some: { practitionerId } } },
    orderBy: [{ offeredNow: "desc" }, { durationMinutes: "asc" }, { id: "asc" }],
    select: { id: true },
  });
  const visitTypeId = (offered.find(({ id }) => id === last.visitTypeId) ?? offered[0])?.id;
  return visitTypeId ? { ...last, visitTypeId } : undefined;
}

/**
 * The way from the card to the visit for a patient who reads the conversation by the personal link of another visit: one of this
 * visit's own.
 *
 * @returns the token, for the link `/v/<token>`
 */
export const linkToChatVisit = (
  actor: Actor,
  appointmentId: string,
  now: Temporal.Instant,
): Promise<Result<string, "not_found">> =>
  transaction(async (tx) => {
    if (actor.kind !== "link") return refuse("not_found");
    const visit = await findCardVisit(tx, actor, "patient", appointmentId);
    if (!visit || !isOpenCard(visit, now)) return refuse("not_found");
    const token = await mintVisitLink(tx, visit.appointmentId, now);
    await recordAudit(
      tx,
      {
        action: "conversation.visit_joined",
        details: {},
        actor: auditActor(actor),
        outcome: "success",
        subject: actor.patientPseudonym,
        entity: { type: "appointment", id: visit.appointmentId },
      },
      now,
    );
    return ok(token);
  });
