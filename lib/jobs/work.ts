import PgBoss from "pg-boss";
import { env } from "@/lib/core/env";
import { logger } from "@/lib/core/logger";
import { subscribe } from "@/lib/events/listen";
import { jobsTopic } from "@/lib/events/topics";
import { JOBS_SCHEMA, type Payload, QUEUES, type QueueName } from "./queues";

/** Does one job. Throws to have it tried again; must be safe to repeat, since a worker may die after the work and before the tick. */
export type Handler<Q extends QueueName> = (payload: Payload<Q>) => Promise<void>;
export type Handlers = { [Q in QueueName]: Handler<Q> };

/**
 * Jobs of one queue that run at a time. Each is taken by a lane of its own, so that one that fails or takes long holds up no other; all
 * are called when a job is sent, and by whichever finds one.
 */
const AT_ONCE = 4;
/** Seconds between the looks of a queue's first lane without a call: at what was to begin later, or is tried again. */
const LOOK_SECONDS = 1;
/** And of the other lanes: an idle portal asks the database little. */
const IDLE_SECONDS = 60;

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
  const deaf: (() => void)[] = [];
  for (const name of Object.keys(QUEUES) as QueueName[])
    deaf.push(await register(boss, name, handlers[name]));
  return async () => {
    for (const stopHearing of deaf) stopHearing();
    await boss.stop({ graceful: true, timeout: 10_000 });
  };
}

/** @returns stops hearing of new jobs */
async function register<Q extends QueueName>(
  boss: PgBoss,
  queue: Q,
  handler: Handler<Q>,
): Promise<() => void> {
  const lanes: string[] = [];
  const call = () => {
    for (const lane of lanes) boss.notifyWorker(lane);
  };
  for (let at = 0; at < AT_ONCE; at += 1) {
    const options = { pollingIntervalSeconds: at === 0 ? LOOK_SECONDS : IDLE_SECONDS };
    const lane = await boss.work<unknown>(queue, options, async ([job]) => {
      if (!job) return;
      // Where one is there may be more; this lane looks again when it is done.
      call();
      const payload = QUEUES[queue].payload.parse(job.data) as Payload<Q>;
      try {
        await handler(payload);
      } catch (error) {
        logger().warn({ err: error, queue, jobId: job.id, payload }, "jobs: failed, to be tried again");
        throw error;
      }
    });
    lanes.push(lane);
  }
  return subscribe([jobsTopic(queue)], call);
}
