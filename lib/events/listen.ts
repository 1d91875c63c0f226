import { AsyncResource } from "node:async_hooks";
import { env } from "@/lib/core/env";
import { keepListening } from "./connection";
import { CHANNEL, type Topic } from "./topics";

type Signal = () => void;

type Hub = { signals: Map<string, Set<Signal>>; listening: boolean; stop: () => Promise<void> };

// A development server evaluates this module again at every change, and a build may hold it twice; one connection must do.
const holder = globalThis as { __portalEvents?: Hub };

function open(): Hub {
  const hub: Hub = { signals: new Map(), listening: false, stop: () => Promise.resolve() };
  hub.stop = keepListening({
    connectionString: env().DATABASE_URL,
    channel: CHANNEL,
    onPayload: (topic) => {
      for (const signal of [...(hub.signals.get(topic) ?? [])]) signal();
    },
    onListening: () => {
      hub.listening = true;
      resync(hub);
    },
    onLost: () => {
      hub.listening = false;
    },
  });
  return hub;
}

/** Signals every subscriber once, spread out: each answers with a read, and the database has only just come back. */
function resync(hub: Hub): void {
  const signals = new Set([...hub.signals.values()].flatMap((set) => [...set]));
  const spreadMs = Math.min(2_000, (signals.size - 1) * 5);
  for (const signal of signals) setTimeout(signal, Math.random() * spreadMs);
}

/**
 * Calls `onSignal` after each committed change about one of the topics, and whenever changes may have been missed because the
 * connection was down. A signal says "read again" and nothing else; several changes may come as one. The process's listening
 * connection is made at the first call.
 *
 * Subscribe first and read afterwards: then no change falls between.
 *
 * @returns ends the subscription; safe to repeat
 */
export function subscribe(topics: readonly Topic[], onSignal: Signal): () => void {
  holder.__portalEvents ??= open();
  const { signals } = holder.__portalEvents;
  let active = true;
  // A notification arrives in the context of whoever made the connection; what is read after it must be in the subscriber's own.
  const signal = AsyncResource.bind(() => {
    if (active) onSignal();
  });
  for (const topic of topics) {
    const set = signals.get(topic) ?? new Set();
    signals.set(topic, set.add(signal));
  }
  return () => {
    active = false;
    for (const topic of topics) {
      const set = signals.get(topic);
      set?.delete(signal);
      if (set?.size === 0) signals.delete(topic);
    }
  };
}

/** False while changes do not arrive. */
export const isListening = (): boolean => holder.__portalEvents?.listening ?? false;

/** Ends the listening connection, for processes and tests that end. */
export async function closeEvents(): Promise<void> {
  const hub = holder.__portalEvents;
  holder.__portalEvents = undefined;
  await hub?.stop();
}
