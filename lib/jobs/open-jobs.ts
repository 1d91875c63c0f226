import type { Db } from "@/lib/db/client";
import { JOBS_SCHEMA, type Payload, QUEUES, type QueueName } from "./queues";

/** What the jobs of a queue are about that wait, are at work, or are to be tried again; not those that have failed for good. */
export async function listOpenJobs<Q extends QueueName>(db: Db, queue: Q): Promise<Payload<Q>[]> {
  // The states are an enum in the order of a job's life.
  const rows = await db.$queryRawUnsafe<{ data: unknown }[]>(
    `SELECT data FROM ${JOBS_SCHEMA}.job WHERE name = $1 AND state < 'completed'`,
    queue,
  );
  return rows.map(({ data }) => QUEUES[queue].payload.parse(data) as Payload<Q>);
}
