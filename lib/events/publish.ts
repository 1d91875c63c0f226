import { db, type Tx } from "@/lib/db/client";
import { CHANNEL, streamTopic, type Topic } from "./topics";

/**
 * Tells every process that something changed about these topics. PostgreSQL delivers it when the transaction commits, drops it when
 * it rolls back, and folds repetitions into one (PostgreSQL manual: NOTIFY).
 */
export async function publish(tx: Tx, topics: readonly Topic[]): Promise<void> {
  if (topics.length === 0) return;
  await tx.$executeRaw`SELECT pg_notify(${CHANNEL}, topic) FROM unnest(${topics}::text[]) AS topic`;
}

/** Tells the process that holds this stream, whichever it is, that its browser is still there. */
export async function passPulse(streamId: string): Promise<void> {
  await db().$executeRaw`SELECT pg_notify(${CHANNEL}, ${streamTopic(streamId)})`;
}
