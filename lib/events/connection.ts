import { setTimeout as delay } from "node:timers/promises";
import { Client } from "pg";
import { logger } from "@/lib/core/logger";

/** Between two questions whether the connection still listens; TCP alone does not notice a peer that went away silently. */
const PING_MS = 30_000;
const ANSWER_WITHIN_MS = 10_000;
const FIRST_RETRY_MS = 250;
const LAST_RETRY_MS = 10_000;

type Subscription = {
  connectionString: string;
  channel: string;
  onPayload: (payload: string) => void;
  /** The connection listens, for the first time or again: whatever was notified before may have been missed. */
  onListening: () => void;
  onLost: () => void;
};

/**
 * Holds one connection that listens to a channel, and makes a new one whenever it is lost: first after a quarter of a second, then
 * less and less often, with jitter so that many processes do not knock together.
 *
 * @returns ends the connection for good
 */
export function keepListening(subscription: Subscription): () => Promise<void> {
  const stop = new AbortController();
  const finished = run(subscription, stop.signal);
  return async () => {
    stop.abort();
    await finished;
  };
}

async function run(subscription: Subscription, stop: AbortSignal): Promise<void> {
  let failures = 0;
  const onListening = () => {
    if (failures > 0) logger().info({ failures }, "events: listening again");
    failures = 0;
    subscription.onListening();
  };
  while (!stop.aborted) {
    try {
      await listen({ ...subscription, onListening }, stop);
    } catch (error) {
      if (stop.aborted) return;
      failures += 1;
      logger().warn({ err: error, failures }, "events: the listening connection is lost");
      subscription.onLost();
      const pauseMs = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** (failures - 1));
      await delay(pauseMs * (0.5 + Math.random() / 2), undefined, { signal: stop }).catch(() => undefined);
    }
  }
}

/** One connection's life. Resolves when stopped, throws when the connection is lost. */
async function listen(
  { connectionString, channel, onPayload, onListening }: Subscription,
  stop: AbortSignal,
): Promise<void> {
  const client = new Client({
    connectionString,
    application_name: `portal-events-${process.pid}`,
    keepAlive: true,
    keepAliveInitialDelayMillis: ANSWER_WITHIN_MS,
    connectionTimeoutMillis: ANSWER_WITHIN_MS,
    query_timeout: ANSWER_WITHIN_MS,
  });
  const over = new AbortController();
  const end = (reason?: unknown) => over.abort(reason);
  const onStop = () => end();
  client.on("error", end);
  client.on("end", () => end(new Error("the server closed the connection")));
  client.on("notification", ({ payload }) => onPayload(payload ?? ""));
  stop.addEventListener("abort", onStop);
  try {
    await client.connect();
    await client.query(`LISTEN ${client.escapeIdentifier(channel)}`);
    onListening();
    while (!over.signal.aborted) {
      await delay(PING_MS, undefined, { signal: over.signal }).catch(() => undefined);
      if (!over.signal.aborted) await proveListening(client, channel);
    }
    if (!stop.aborted) throw over.signal.reason;
  } finally {
    stop.removeEventListener("abort", onStop);
    // A dead peer never answers the goodbye.
    await Promise.race([client.end(), delay(1_000, undefined, { ref: false })]);
  }
}

/** Asks the session itself: behind a pooler that lends sessions by the transaction, LISTEN succeeds and nothing ever arrives. */
async function proveListening(client: Client, channel: string): Promise<void> {
  const { rowCount } = await client.query(
    "SELECT 1 FROM pg_listening_channels() AS channel WHERE channel = $1",
    [channel],
  );
  if (rowCount === 0) throw new Error("the session does not listen; DATABASE_URL needs a session of its own");
}
