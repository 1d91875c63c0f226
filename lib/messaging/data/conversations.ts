import type { Temporal } from "temporal-polyfill";
import { sideScope } from "@/lib/access/rules";
import type { Actor, AppointmentScope, ConversationScope } from "@/lib/access/types";
import { isId } from "@/lib/core/ids";
import type { Db } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { toDate, toInstant } from "@/lib/time/instant";
import { CONTACTS_LISTED, CONVERSATIONS_PER_PAGE, COUNTED_CONVERSATIONS } from "../constants";
import { otherSide } from "../rules";
import type { Side } from "../types";

const CONVERSATION = {
  readers: true,
  patient: { select: { id: true, name: true, pseudonym: true } },
  practitioner: { select: { id: true, displayName: true, userId: true } },
} as const satisfies Prisma.ConversationInclude;

export type ConversationRow = Prisma.ConversationGetPayload<{ include: typeof CONVERSATION }>;

/** One conversation within a scope; what is out of scope is not found. */
export async function findConversation(
  db: Db,
  scope: ConversationScope,
  conversationId: string,
): Promise<ConversationRow | undefined> {
  if (!isId(conversationId)) return undefined;
  const where = { AND: [scope, { id: conversationId }] };
  return (await db.conversation.findFirst({ where, include: CONVERSATION })) ?? undefined;
}

/** How far one side has got. */
export function readerOf({ readers }: Pick<ConversationRow, "readers">, side: Side) {
  const reader = readers.find((candidate) => candidate.side === side);
  return {
    delivered: reader?.deliveredSequence ?? 0,
    read: reader?.readSequence ?? 0,
    noticed: reader?.noticedSequence ?? 0,
  };
}

/** Where a page of conversations ended. */
export type ConversationCursor = { lastMessageAt: Temporal.Instant; id: string };

/** Conversations that have begun, those written in last first, each with what one side has not read. */
export async function listConversations(
  db: Db,
  scope: ConversationScope,
  side: Side,
  after?: ConversationCursor,
): Promise<{
  conversations: (ConversationRow & { unread: number })[];
  next: ConversationCursor | undefined;
}> {
  const at = after && toDate(after.lastMessageAt);
  const rows = await db.conversation.findMany({
    where: {
      AND: [
        scope,
        { lastSequence: { gt: 0 } },
        at && after
          ? { OR: [{ lastMessageAt: { lt: at } }, { lastMessageAt: at, id: { lt: after.id } }] }
          : {},
      ],
    },
    include: CONVERSATION,
    orderBy: [{ lastMessageAt: "desc" }, { id: "desc" }],
    take: CONVERSATIONS_PER_PAGE + 1,
  });
  const shown = rows.slice(0, CONVERSATIONS_PER_PAGE);
  const last = rows.length > shown.length ? shown.at(-1) : undefined;
  const unread = await countUnread(
    db,
    shown.map(({ id }) => id),
    side,
  );
  return {
    conversations: shown.map((row) => ({ ...row, unread: unread.get(row.id) ?? 0 })),
    next: last && { lastMessageAt: toInstant(last.lastMessageAt), id: last.id },
  };
}

/** What one side has not read, by conversation. The caller has read these within a scope. */
async function countUnread(
  db: Db,
  conversationIds: readonly string[],
  side: Side,
): Promise<ReadonlyMap<string, number>> {
  if (conversationIds.length === 0) return new Map();
  const rows = await db.$queryRaw<{ id: string; unread: number }[]>`
    SELECT m."conversation_id" AS "id", count(*)::int AS "unread"
    FROM "message" m
    JOIN "conversation_reader" r ON r."conversation_id" = m."conversation_id" AND r."side" = ${side}::"ConversationSide"
    WHERE m."conversation_id" IN (${Prisma.join(conversationIds.map((id) => Prisma.sql`${id}::uuid`))})
      AND m."side" = ${otherSide(side)}::"ConversationSide" AND m."sequence" > r."read_sequence"
    GROUP BY m."conversation_id"`;
  return new Map(rows.map(({ id, unread }) => [id, unread]));
}

/** What one side has not read, in all conversations of a scope. */
export async function countAllUnread(db: Db, scope: ConversationScope, side: Side): Promise<number> {
  const rows = await db.conversation.findMany({
    where: { AND: [scope, { lastSequence: { gt: 0 } }] },
    select: { id: true },
    orderBy: { lastMessageAt: "desc" },
    take: COUNTED_CONVERSATIONS,
  });
  const unread = await countUnread(
    db,
    rows.map(({ id }) => id),
    side,
  );
  return [...unread.values()].reduce((sum, count) => sum + count, 0);
}

/** The two of a conversation that may be opened: they have or had a visit with each other, one of them is who asks. */
export type Contact = { patientId: string; practitionerId: string };

/** With whom somebody may write: those whom they have or had a visit with, seen last first. */
export async function listContacts(db: Db, actor: Actor, side: Side): Promise<Contact[]> {
  const pairs = await db.appointment.groupBy({
    by: ["patientId", "practitionerId"],
    where: { AND: [sideScope(actor, side), { status: { not: "pending" } }] },
    _max: { startAt: true },
    orderBy: { _max: { startAt: "desc" } },
    take: CONTACTS_LISTED,
  });
  return pairs.map(({ patientId, practitionerId }) => ({ patientId, practitionerId }));
}

/** The same with the other side's names. */
export async function nameContacts(
  db: Db,
  actor: Actor,
  side: Side,
  contacts: readonly Contact[],
): Promise<(Contact & { name: string })[]> {
  const ids = contacts.map(({ patientId, practitionerId }) =>
    side === "patient" ? practitionerId : patientId,
  );
  const appointments = { some: sideScope(actor, side) };
  const names = new Map(
    side === "patient"
      ? (await db.practitioner.findMany({ where: { id: { in: ids } } })).map(
          ({ id, displayName }) => [id, displayName] as const,
        )
      : (await db.patient.findMany({ where: { id: { in: ids }, appointments } })).map(
          ({ id, name }) => [id, name] as const,
        ),
  );
  return contacts.map((contact) => {
    const id = side === "patient" ? contact.practitionerId : contact.patientId;
    return { ...contact, name: names.get(id) ?? "" };
  });
}

/** The two of a visit of a scope, and their conversation where it has begun. */
export async function findTwo(
  db: Db,
  scope: AppointmentScope,
  appointmentId: string,
): Promise<(Contact & { conversationId: string | undefined }) | undefined> {
  if (!isId(appointmentId)) return undefined;
  const row = await db.appointment.findFirst({
    where: { AND: [scope, { id: appointmentId }] },
    select: { patientId: true, practitionerId: true },
  });
  if (!row) return undefined;
  const conversation = await db.conversation.findUnique({ where: { patientId_practitionerId: row } });
  return { ...row, conversationId: conversation?.id };
}

/** Whether these two have or had a visit, one side of which is the actor's. */
export async function isContact(
  db: Db,
  actor: Actor,
  side: Side,
  { patientId, practitionerId }: Contact,
): Promise<boolean> {
  if (!isId(patientId) || !isId(practitionerId)) return false;
  const where = {
    AND: [sideScope(actor, side), { patientId, practitionerId, status: { not: "pending" as const } }],
  };
  return (await db.appointment.findFirst({ where, select: { id: true } })) !== null;
}
