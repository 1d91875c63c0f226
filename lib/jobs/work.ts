import PgBoss from "pg-boss";
import { env } from "@/lib/core/env";
import { logger } from "@/lib/core/logger";
import { JOBS_SCHEMA, type Payload, QUEUES, type QueueName } from "./queues";

/** Does one job. Throws to have it tried again; must be safe to repeat, since a worker may die after the work and before the tick. */
export type Handler<Q extends QueueName> = (payload: Payload<Q>) => Promise<void>;
export type Handlers = { [Q in QueueName]: Handler<Q> };

/** Seconds between looks at a queue: what a job waits at most when the worker is idle. */
const POLLING_SECONDS = 0.5;
const AT_ONCE = 4;

/**
 * Works on every queue until stopped. Jobs of one queue run a few at a time; a failed one is tried again as its queue says.
 *
 * @returns stops taking jobs and lets those at work finish
 */
export async function work(handlers: Handlers): Promise<() => Promise<void>> {
  const boss = new PgBoss({
    connectionString: env().DATABASE_URL,
    schema: JOBS_SCHEMA,
    migrate: false,
    maintenanceIntervalSeconds: 15,
    max: 6,
  });
  boss.on("error", (error) => logger().error({ err: error }, "jobs: the queue failed"));
  await boss.start();
  for (const name of Object.keys(QUEUES) as QueueName[]) await register(boss, name, handlers[name]);
  return () => boss.stop({ graceful: true, timeout: 10_000 });
}

async function register<Q extends QueueName>(boss: PgBoss, queue: Q, handler: Handler<Q>): Promise<void> {
  const options = { pollingIntervalSeconds: POLLING_SECONDS };
  for (let lane = 0; lane < AT_ONCE; lane += 1) {
    await boss.work<unknown>(queue, options, async ([job]) => {
      if (!job) return;
      const payload = QUEUES[queue].payload.parse(job.data) as Payload<Q>;
      try {
        await handler(payload);
      } catch (error) {
        logger().warn({ err: error, queue, jobId: job.id, payload }, "jobs: failed, to be tried again");
        throw error;
      }
    });
  }
}
