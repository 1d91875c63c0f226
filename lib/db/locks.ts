import { isId } from "@/lib/core/ids";
import type { Tx } from "./client";

/**
 * Advisory locks that last until the transaction ends. Everywhere taken in this order, so that no two transactions wait for each
 * other: a specialty's queue, guest seats, practitioners by id, patient, a visit's encounter, slots, a conversation, audit chain
 * last.
 */
const SEATS_LOCK = 1_001;
const PRACTITIONER_LOCK_SPACE = 1_002;
const AUDIT_SEAL_LOCK = 1_003;
const QUEUE_LOCK_SPACE = 1_004;
const ADMINISTRATORS_LOCK = 1_005;

/** Serialises whatever decides who of a specialty's queue is offered to whom. Before all others. */
export async function lockQueue(tx: Tx, specialtyId: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${QUEUE_LOCK_SPACE}::int, hashtext(${specialtyId}))`;
}

/** Serialises every claim on guest seats, so that their peak is counted and taken in one step. */
export async function lockSeats(tx: Tx): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${SEATS_LOCK}::bigint)`;
}

/** Serialises claims on these practitioners' time, in the order of their ids. */
export async function lockPractitioners(tx: Tx, practitionerIds: readonly string[]): Promise<void> {
  for (const id of [...new Set(practitionerIds)].sort()) {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(${PRACTITIONER_LOCK_SPACE}::int, hashtext(${id}))`;
  }
}

/**
 * Serialises everything about who is an administrator, so that "there is none yet", or "there is one", stays true until the commit.
 * Whoever takes it takes none of the others but the audit chain's.
 */
export async function lockAdministrators(tx: Tx): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${ADMINISTRATORS_LOCK}::bigint)`;
}

/** Lets one process at a time seal the audit chains; takes no other lock. */
export async function lockAuditSeals(tx: Tx): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${AUDIT_SEAL_LOCK}::bigint)`;
}

/**
 * Serialises whatever changes one visit: its times, its standing, its conference. After seats and practitioners, if these are
 * needed too. An appointment that is none, or has no encounter yet, locks nothing.
 */
export async function lockEncounter(tx: Tx, appointmentId: string): Promise<void> {
  if (!isId(appointmentId)) return;
  await tx.$queryRaw`SELECT 1 FROM "encounter" WHERE "appointment_id" = ${appointmentId}::uuid FOR UPDATE`;
}

/** Serialises whatever is written in one conversation, so that its messages are numbered without gaps. None that is none. */
export async function lockConversation(tx: Tx, conversationId: string): Promise<void> {
  if (!isId(conversationId)) return;
  await tx.$queryRaw`SELECT 1 FROM "conversation" WHERE "id" = ${conversationId}::uuid FOR UPDATE`;
}
