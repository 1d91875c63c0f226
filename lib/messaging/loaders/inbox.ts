import "server-only";
import { conversationScope } from "@/lib/access/rules";
import type { Actor } from "@/lib/access/types";
import { systemNow } from "@/lib/core/clock";
import { db } from "@/lib/db/client";
import { loadViewer } from "@/lib/i18n/viewer";
import { describeMoment } from "@/lib/time/format";
import { toInstant } from "@/lib/time/instant";
import { countAllUnread, listContacts, listConversations, nameContacts } from "../data/conversations";
import type { InboxDto, Side } from "../types";

/** The conversations in which the actor writes on one side, those written in last first. */
export async function readInbox(actor: Actor, side: Side): Promise<InboxDto> {
  const [viewer, now] = [await loadViewer(), systemNow()];
  const { conversations } = await listConversations(db(), conversationScope(actor, side), side);
  const contacts = await nameContacts(db(), actor, side, await listContacts(db(), actor, side));
  const begun = new Set(
    conversations.map(({ patientId, practitionerId }) => `${patientId} ${practitionerId}`),
  );
  return {
    side,
    conversations: conversations.map((row) => {
      const { shortDate, time } = describeMoment(toInstant(row.lastMessageAt), viewer, now);
      return {
        conversationId: row.id,
        otherName: side === "patient" ? row.practitioner.displayName : row.patient.name,
        unread: row.unread,
        last: `${shortDate}, ${time}`,
      };
    }),
    contacts: contacts.filter(
      ({ patientId, practitionerId }) => !begun.has(`${patientId} ${practitionerId}`),
    ),
  };
}

/** How many messages the actor has not read on one side. */
export const readUnread = (actor: Actor, side: Side): Promise<number> =>
  countAllUnread(db(), conversationScope(actor, side), side);
