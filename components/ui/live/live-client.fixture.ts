import { LiveClient } from "./live-client";
import type { LiveStatus, Want } from "./types";

/** Locks, line and server of one make-believe browser. */
export function makeBrowser() {
  type Holder = { grant: () => void; rob: () => void };
  type Lock = { queue: Holder[]; holder: Holder | undefined };
  const held = new Map<string, Lock>();
  const next = (lock: Lock) => {
    lock.holder = lock.queue.shift();
    lock.holder?.grant();
  };
  const drop = (lock: Lock, entry: Holder) => {
    if (lock.holder === entry) next(lock);
    else if (lock.queue.includes(entry)) lock.queue.splice(lock.queue.indexOf(entry), 1);
  };
  /** @param onEntry hears of each stay in a line, and how to take it out of there */
  const request = (
    name: string,
    options: LockOptions,
    work: () => unknown,
    onEntry: (leave: () => void) => void,
  ) =>
    new Promise<void>((resolve, reject) => {
      const lock = held.get(name) ?? { queue: [], holder: undefined };
      held.set(name, lock);
      const entry: Holder = {
        grant: () => {
          lock.holder = entry;
          void Promise.resolve(work()).then(() => {
            if (lock.holder === entry) next(lock);
            resolve();
          });
        },
        rob: () => reject(new DOMException("stolen", "AbortError")),
      };
      onEntry(() => drop(lock, entry));
      options.signal?.addEventListener("abort", () => {
        if (lock.holder !== entry) drop(lock, entry);
        reject(new DOMException("left", "AbortError"));
      });
      queueMicrotask(() => {
        if (options.steal) {
          lock.holder?.rob();
          entry.grant();
        } else if (lock.holder) {
          lock.queue.push(entry);
        } else {
          entry.grant();
        }
      });
    });

  class Line extends EventTarget {
    postMessage(data: unknown) {
      const copy = structuredClone(data);
      for (const other of lines) {
        if (other !== this && !suspended.has(other))
          queueMicrotask(() => other.dispatchEvent(new MessageEvent("message", { data: copy })));
      }
    }
    close() {
      lines.delete(this);
    }
  }
  const lines = new Set<Line>();
  const suspended = new Set<Line>();

  type Stream = { keys: Want[]; send: (name: string, at: number, state?: unknown) => void; end: () => void };
  const streams = new Set<Stream>();
  const server = { up: true, opened: 0, state: 1 as unknown, gone: new Set<string>() };
  const fetch = (async (_: string, { body, signal }: { body: string; signal: AbortSignal }) => {
    if (!server.up) throw new TypeError("no network");
    server.opened += 1;
    const { keys } = JSON.parse(body) as { keys: Want[] };
    return new Response(
      new ReadableStream<Uint8Array>({
        start(controller) {
          const stream: Stream = {
            keys,
            send: (name, at, state) =>
              controller.enqueue(
                new TextEncoder().encode(`event: ${name}\ndata: ${JSON.stringify({ at, state })}\n\n`),
              ),
            end: () => {
              streams.delete(stream);
              controller.close();
            },
          };
          streams.add(stream);
          signal.addEventListener("abort", () => {
            if (streams.delete(stream)) controller.error(signal.reason);
          });
          for (const [at, { key }] of keys.entries())
            stream.send(server.gone.has(key) ? "gone" : "state", at, server.state);
          if (keys.every(({ key }) => server.gone.has(key))) stream.end();
        },
      }),
    );
  }) as unknown as typeof globalThis.fetch;

  const openTab = (...wants: Want[]) => {
    let line: Line | undefined;
    let awake = Promise.resolve();
    let wakeUp = () => {};
    const entries: (() => void)[] = [];
    const client = new LiveClient({
      // A suspended page learns of nothing, a lost lock included, before it runs again.
      locks: {
        request: (name: string, ...[first, second]: [LockOptions, () => unknown] | [() => unknown]) =>
          request(
            name,
            typeof first === "function" ? {} : first,
            typeof first === "function" ? first : (second ?? (() => undefined)),
            (leave) => entries.push(leave),
          ).catch((error) => awake.then(() => Promise.reject(error))),
      } as unknown as LockManager,
      openChannel: () => {
        line = new Line();
        lines.add(line);
        return line as unknown as BroadcastChannel;
      },
      fetch,
    });
    const seen: { states: unknown[]; status: LiveStatus | undefined } = { states: [], status: undefined };
    const stops = wants.map((want) =>
      client.follow(want, {
        onState: (state) => seen.states.push(state),
        onStatus: (status) => {
          seen.status = status;
        },
      }),
    );
    const suspend = () => {
      if (line) suspended.add(line);
      awake = new Promise((resolve) => {
        wakeUp = resolve;
      });
    };
    const resume = () => {
      if (line) suspended.delete(line);
      wakeUp();
    };
    /** As the system kills a process: nothing runs any more, and its locks are free. */
    const kill = () => {
      if (line) lines.delete(line);
      for (const leave of entries.splice(0)) leave();
    };
    return { client, seen, suspend, resume, kill, stop: () => stops.map((stop) => stop()) };
  };
  const change = (state: unknown) => {
    server.state = state;
    for (const { keys, send } of streams) keys.forEach((_, at) => void send("state", at, state));
  };
  return { openTab, server, streams, change };
}
