import { setTimeout as delay } from "node:timers/promises";
import { systemNow } from "@/lib/core/clock";
import { logger } from "@/lib/core/logger";
import { lead } from "@/lib/jobs/lead";
import { dispatchQueue, endForgottenDuties, listBusyQueues } from "./mutations/dispatch";
import { putBackUnstarted } from "./mutations/put-back";

/** How late an offer may end that nobody answers. */
const LOOK_EVERY_MS = 1_000;

/** Whoever cannot be put back keeps nobody else from being seen. */
const putBack = () =>
  putBackUnstarted(systemNow()).catch((error: unknown) => {
    logger().error({ err: error }, "queue: visits that did not begin could not be put back");
  });

/** What is wrong with one line holds up no other. */
const bringForward = (specialtyId: string) =>
  dispatchQueue(specialtyId, systemNow()).catch((error: unknown) => {
    logger().error({ err: error, specialtyId }, "queue: a line could not be brought forward");
  });

/**
 * The queues' clock: ends what time alone ends, and offers whoever waits to whoever has become free, without anybody doing anything. One
 * process of the installation does it at a time.
 */
export const keepQueues = (stop: AbortSignal): Promise<void> =>
  lead(
    "queues",
    async (signal) => {
      while (!signal.aborted) {
        await endForgottenDuties(systemNow());
        await putBack();
        for (const specialtyId of await listBusyQueues()) await bringForward(specialtyId);
        await delay(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined);
      }
    },
    stop,
  );
