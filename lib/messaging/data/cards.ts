import type { Temporal } from "temporal-polyfill";
import { conversationScope } from "@/lib/access/rules";
import type { Actor, ConversationScope } from "@/lib/access/types";
import { isId } from "@/lib/core/ids";
import type { Db } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { toInstant } from "@/lib/time/instant";
import { type CardVisit, describeCard } from "../rules";
import type { CardDto, Side } from "../types";

const VISIT = {
  id: true,
  status: true,
  endAt: true,
  practitionerId: true,
  practitioner: { select: { displayName: true } },
  message: { select: { conversation: { select: { practitionerId: true } } } },
  encounter: {
    select: {
      status: true,
      arrivedAt: true,
      startedAt: true,
      endedAt: true,
      // Whoever joins a visit that has begun was never in its waiting room.
      attendances: { where: { side: "patient" }, select: { id: true }, take: 1 },
    },
  },
} as const satisfies Prisma.AppointmentSelect;

const instantOf = (date: Date | null | undefined) => (date ? toInstant(date) : undefined);

type CardRow = Prisma.AppointmentGetPayload<{ select: typeof VISIT }>;

const handedTo = ({ practitionerId, practitioner, message }: CardRow): string | undefined =>
  message?.conversation.practitionerId === practitionerId ? undefined : practitioner.displayName;

const visitOf = (row: CardRow): CardVisit => ({
  appointmentId: row.id,
  appointmentStatus: row.status,
  encounterStatus: row.encounter?.status ?? "cancelled",
  endAt: toInstant(row.endAt),
  hasCome: Boolean(row.encounter?.arrivedAt) || (row.encounter?.attendances.length ?? 0) > 0,
  handedTo: handedTo(row),
  startedAt: instantOf(row.encounter?.startedAt),
  endedAt: instantOf(row.encounter?.endedAt),
});

/** The cards of messages, by visit; none of a visit that began in a conversation out of scope. */
export async function listCards(
  db: Db,
  scope: ConversationScope,
  messages: readonly { appointmentId: string | null }[],
  now: Temporal.Instant,
): Promise<ReadonlyMap<string, CardDto>> {
  const ids = messages.flatMap(({ appointmentId }) => appointmentId ?? []);
  if (ids.length === 0) return new Map();
  const rows = await db.appointment.findMany({
    where: { id: { in: ids }, message: { conversation: scope } },
    select: VISIT,
  });
  return new Map(rows.map((row) => [row.id, describeCard(visitOf(row), now)]));
}

/** A visit that began in a conversation in which the actor writes on that side. */
export async function findCardVisit(
  db: Db,
  actor: Actor,
  side: Side,
  appointmentId: string,
): Promise<CardVisit | undefined> {
  if (!isId(appointmentId)) return undefined;
  const card = await db.message.findFirst({
    where: { appointmentId, conversation: conversationScope(actor, side) },
    select: { appointment: { select: VISIT } },
  });
  return card?.appointment ? visitOf(card.appointment) : undefined;
}

/** The last visit that began in a conversation of a scope. */
export async function findLastCardVisit(
  db: Db,
  scope: ConversationScope,
  conversationId: string,
): Promise<CardVisit | undefined> {
  const card = await db.message.findFirst({
    where: { conversationId, conversation: scope, kind: "visit" },
    orderBy: { sequence: "desc" },
    select: { appointment: { select: VISIT } },
  });
  return card?.appointment ? visitOf(card.appointment) : undefined;
}
