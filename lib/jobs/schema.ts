import PgBoss from "pg-boss";
import { JOBS_SCHEMA, QUEUES, type QueueName, SCHEDULES } from "./queues";

/**
 * Where pg-boss puts what its clock is to send. A worker tries to make it and, under the application's role, fails without a word:
 * then nothing scheduled would ever run.
 */
const CLOCK_QUEUE = "__pgboss__send-it";

/**
 * Makes or upgrades the queues' schema and every queue, as the owning role; run after the migrations. Safe to repeat and to run
 * from several processes at once.
 */
export async function createQueues(ownerUrl: string): Promise<void> {
  const boss = new PgBoss({
    connectionString: ownerUrl,
    schema: JOBS_SCHEMA,
    supervise: false,
    schedule: false,
    max: 2,
  });
  // Without a listener an idle connection's end would end the process; a failed command still rejects.
  boss.on("error", () => undefined);
  await boss.start();
  try {
    for (const [name, { retryLimit, retryDelaySeconds, expireInSeconds, policy }] of Object.entries(QUEUES)) {
      const options = {
        name,
        policy,
        retryLimit,
        retryDelay: retryDelaySeconds,
        retryBackoff: true,
        expireInSeconds,
      };
      if (await boss.getQueue(name)) await boss.updateQueue(name, options);
      else await boss.createQueue(name, options);
    }
    if (!(await boss.getQueue(CLOCK_QUEUE))) await boss.createQueue(CLOCK_QUEUE);
    for (const [name, cron] of Object.entries(SCHEDULES) as [QueueName, string][])
      await boss.schedule(name, cron, {});
  } finally {
    await boss.stop({ graceful: false });
  }
}
