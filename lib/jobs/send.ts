import PgBoss from "pg-boss";
import type { Tx } from "@/lib/db/client";
import { publish } from "@/lib/events/publish";
import { jobsTopic } from "@/lib/events/topics";
import { JOBS_SCHEMA, type Payload, QUEUES, type QueueName } from "./queues";

/** Never started and without a connection of its own: it only words the INSERT that runs in the caller's transaction. */
const composer = new PgBoss({
  schema: JOBS_SCHEMA,
  migrate: false,
  db: {
    executeSql: () => Promise.reject(new Error("a job is sent inside a transaction only")),
  },
});

/**
 * Puts a job on a queue within the transaction: it exists if, and only if, the transaction commits.
 *
 * @param startAfterSeconds how long the worker leaves it alone
 */
export async function enqueue<Q extends QueueName>(
  tx: Tx,
  queue: Q,
  payload: Payload<Q>,
  { startAfterSeconds = 0 }: { startAfterSeconds?: number } = {},
): Promise<void> {
  const { retryLimit, retryDelaySeconds, expireInSeconds } = QUEUES[queue];
  await composer.send(queue, payload, {
    retryLimit,
    retryDelay: retryDelaySeconds,
    retryBackoff: true,
    expireInSeconds,
    startAfter: startAfterSeconds,
    db: {
      executeSql: async (text: string, values: unknown[]) => {
        const rows = await tx.$queryRawUnsafe<unknown[]>(text, ...values.map((value) => value ?? null));
        return { rows, rowCount: rows.length };
      },
    },
  });
  // What is to wait is found when its time has come.
  if (startAfterSeconds === 0) await publish(tx, [jobsTopic(queue)]);
}
