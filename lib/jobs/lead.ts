import { setTimeout as delay } from "node:timers/promises";
import { Client } from "pg";
import { env } from "@/lib/core/env";
import { logger } from "@/lib/core/logger";

/** Between two tries to take the lead, and two questions whether it is still held. */
const ASK_EVERY_MS = 2_000;

/**
 * Does something in one process of the whole installation at a time: in whichever holds a session's advisory lock, on a connection
 * of its own. When that process dies, or loses the connection, the lock goes with it, and another one begins within seconds.
 *
 * @param name of the work; the same everywhere
 * @param work goes on until its signal aborts; begun again where it throws
 * @param stop ends it for good
 */
export async function lead(
  name: string,
  work: (signal: AbortSignal) => Promise<void>,
  stop: AbortSignal,
): Promise<void> {
  while (!stop.aborted) {
    try {
      await hold(name, work, stop);
    } catch (error) {
      if (stop.aborted) return;
      logger().warn({ err: error, work: name }, "jobs: the lead was lost, to be taken again");
    }
    await pause(stop);
  }
}

/** Between half and one and a half of the time, so that processes do not knock together. */
const pause = (signal: AbortSignal) =>
  delay(ASK_EVERY_MS * (0.5 + Math.random()), undefined, { signal }).catch(() => undefined);

async function hold(
  name: string,
  work: (signal: AbortSignal) => Promise<void>,
  stop: AbortSignal,
): Promise<void> {
  const client = new Client({
    connectionString: env().DATABASE_URL,
    application_name: `portal-lead-${name}`,
    keepAlive: true,
    query_timeout: 10_000,
  });
  const lost = new AbortController();
  client.on("error", (error) => lost.abort(error));
  client.on("end", () => lost.abort(new Error("the server closed the connection")));
  try {
    await client.connect();
    const { rows } = await client.query<{ leads: boolean }>(
      "SELECT pg_try_advisory_lock(hashtext($1)) AS leads",
      [`lead:${name}`],
    );
    if (!rows[0]?.leads) return;
    const signal = AbortSignal.any([stop, lost.signal]);
    const proving = prove(client, lost, signal);
    try {
      await work(signal);
    } finally {
      lost.abort();
      await proving;
    }
  } finally {
    await Promise.race([client.end(), delay(1_000, undefined, { ref: false })]);
  }
}

/** A connection that went away silently would leave two processes believing that they lead. */
async function prove(client: Client, lost: AbortController, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await pause(signal);
    if (!signal.aborted) await client.query("SELECT 1").catch((error) => lost.abort(error));
  }
}
