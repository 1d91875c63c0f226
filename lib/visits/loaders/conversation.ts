import "server-only";
import { randomUUID } from "node:crypto";
import { notFound } from "next/navigation";
import { conversationScope, sideScope } from "@/lib/access/rules";
import type { Actor } from "@/lib/access/types";
import { loadActor, noteRefusal, requireRole } from "@/lib/auth/loaders";
import { db } from "@/lib/db/client";
import type { LiveSource } from "@/lib/events/stream";
import { conversationTopic, patientTopic, practitionerTopic } from "@/lib/events/topics";
import { findConversation, findTwo, listContacts } from "@/lib/messaging/data/conversations";
import { readConversation, readConversationState } from "@/lib/messaging/loaders/conversation";
import { readInbox, readUnread } from "@/lib/messaging/loaders/inbox";
import type { ConversationDto, InboxDto, Side, VisitTalkDto } from "@/lib/messaging/types";
import { loadActorAfterVisit, loadPersonalLink } from "./link";
import { isStillGood } from "./live";

const PATHS = { patient: "/messages", practitioner: "/inbox" } as const satisfies Record<Side, string>;

/** The list of the signed-in user's conversations on one side. */
export async function loadInbox(side: Side): Promise<InboxDto> {
  const { actor } = await requireRole(side, PATHS[side]);
  return readInbox(actor, side);
}

/** One of them; not found for one of somebody else. */
export async function loadConversation(side: Side, conversationId: string): Promise<ConversationDto> {
  const { actor } = await requireRole(side, `${PATHS[side]}/${conversationId}`);
  const conversation = await readConversation(actor, side, conversationId);
  if (conversation) return conversation;
  await noteRefusal("conversation", actor);
  notFound();
}

/** The conversation beside a visit of the signed-in user, or of the personal link whose token is given. */
export async function loadVisitTalk(
  side: Side,
  appointmentId: string,
  token: string | undefined,
): Promise<VisitTalkDto | undefined> {
  const actor = token === undefined ? await loadActor() : (await loadPersonalLink(token))?.actor;
  const two = actor && (await findTwo(db(), sideScope(actor, side), appointmentId));
  if (!two) return undefined;
  const { patientId, practitionerId, conversationId } = two;
  const conversation = conversationId ? await readConversation(actor, side, conversationId) : undefined;
  return { side, patientId, practitionerId, conversation: conversation ?? null };
}

/** The page of a personal link's conversation. */
export async function loadLinkedTalk(token: string): Promise<VisitTalkDto> {
  const link = await loadPersonalLink(token);
  if (!link) notFound();
  return (await loadVisitTalk("patient", link.actor.appointmentId, token)) ?? notFound();
}

/** For the form of a page without JavaScript: sent twice, it is one message. */
export const newClientId = (): string => randomUUID();

/** How many messages the signed-in user has not read on one side. */
export async function loadUnread(side: Side): Promise<number> {
  return readUnread(await loadActor(), side);
}

/**
 * What pages follow: `conversation:<id>`, one of one's own, and for those who are signed in `inbox:<side>` and `unread:<side>`. Every
 * snapshot looks again whether it is still theirs.
 */
export async function resolveConversationKey(
  key: string,
  token: string | undefined,
): Promise<LiveSource | undefined> {
  const [kind, id = ""] = key.split(":");
  if (kind !== "conversation" && kind !== "inbox" && kind !== "unread") return undefined;
  const actor = await loadActorAfterVisit(token);
  const guarded = (read: () => Promise<unknown>) => async () =>
    (await isStillGood(actor, token)) ? ((await read()) ?? null) : null;
  if (kind === "conversation") {
    const side = await sideIn(actor, id);
    if (!side) return undefined;
    return {
      topics: [conversationTopic(id)],
      snapshot: guarded(() => readConversationState(actor, side, id)),
    };
  }
  if (actor.kind !== "user" || (id !== "patient" && id !== "practitioner")) return undefined;
  const topics = await topicsOf(actor, id);
  if (topics.length === 0) return undefined;
  const read = kind === "inbox" ? () => readInbox(actor, id) : () => readUnread(actor, id);
  return { topics, snapshot: guarded(read) };
}

/** On which side somebody writes in a conversation. */
async function sideIn(actor: Actor, conversationId: string): Promise<Side | undefined> {
  for (const side of ["practitioner", "patient"] as const)
    if (await findConversation(db(), conversationScope(actor, side), conversationId)) return side;
  return undefined;
}

async function topicsOf(actor: Extract<Actor, { kind: "user" }>, side: Side) {
  if (side === "practitioner") return actor.practitionerId ? [practitionerTopic(actor.practitionerId)] : [];
  const contacts = await listContacts(db(), actor, side);
  return [...new Set(contacts.map(({ patientId }) => patientId))].map(patientTopic);
}
