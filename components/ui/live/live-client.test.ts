import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { LiveClient } from "./live-client";
import type { LiveStatus, Want } from "./types";

/** Locks, line and server of one make-believe browser. */
function makeBrowser() {
  type Holder = { grant: () => void; rob: () => void };
  const queue: Holder[] = [];
  let holder: Holder | undefined;
  const next = () => {
    holder = queue.shift();
    holder?.grant();
  };
  const locks = {
    request: (_: string, options: LockOptions, work: () => Promise<void>) =>
      new Promise<void>((resolve, reject) => {
        const entry: Holder = {
          grant: () => {
            holder = entry;
            void work().then(() => {
              if (holder === entry) next();
              resolve();
            });
          },
          rob: () => reject(new DOMException("stolen", "AbortError")),
        };
        options.signal?.addEventListener("abort", () => {
          if (queue.includes(entry)) queue.splice(queue.indexOf(entry), 1);
          reject(new DOMException("left", "AbortError"));
        });
        queueMicrotask(() => {
          if (options.steal) {
            holder?.rob();
            entry.grant();
          } else if (holder) {
            queue.push(entry);
          } else {
            entry.grant();
          }
        });
      }),
  } as unknown as LockManager;

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
    const client = new LiveClient({
      // A suspended page learns of nothing, a lost lock included, before it runs again.
      locks: {
        request: (name: string, options: LockOptions, work: () => Promise<void>) =>
          locks.request(name, options, work).catch((error) => awake.then(() => Promise.reject(error))),
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
    return { client, seen, suspend, resume, stop: () => stops.map((stop) => stop()) };
  };
  const change = (state: unknown) => {
    server.state = state;
    for (const { keys, send } of streams) keys.forEach((_, at) => void send("state", at, state));
  };
  return { openTab, server, streams, change };
}

const settle = (milliseconds = 300) => vi.advanceTimersByTimeAsync(milliseconds);

describe("live states in a browser with many tabs", () => {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal("navigator", { onLine: true });
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it("opens one stream for eight tabs and tells each what it follows", async () => {
    const { openTab, streams, change } = makeBrowser();
    const tabs = Array.from({ length: 8 }, (_, at) => openTab({ key: `k${at}` }, { key: "shared" }));
    await settle();
    expect(streams.size).toBe(1);
    expect([...streams][0]?.keys).toHaveLength(9);
    change(2);
    await settle();
    for (const { seen } of tabs) {
      expect(seen.status).toBe("live");
      expect(seen.states.slice(-2)).toEqual([2, 2]);
    }
  });

  it("gives a late tab the known state without another connection", async () => {
    const { openTab, server } = makeBrowser();
    openTab({ key: "visit" });
    await settle();
    const late = openTab({ key: "visit" });
    await settle();
    expect(late.seen).toEqual({ states: [1], status: "live" });
    expect(server.opened).toBe(1);
  });

  it("hands the stream on when the leading tab goes, and misses nothing meanwhile", async () => {
    const { openTab, streams, server } = makeBrowser();
    const leader = openTab({ key: "visit" });
    await settle();
    const other = openTab({ key: "visit" });
    await settle();
    server.state = 2;
    leader.client.sleep();
    await settle(100);
    expect(streams.size).toBe(1);
    expect(other.seen.states.at(-1)).toBe(2);
    expect(other.seen.status).toBe("live");
  });

  it("takes the lead from a suspended tab, which follows when it wakes", async () => {
    const { openTab, streams, change } = makeBrowser();
    const leader = openTab({ key: "visit" });
    await settle();
    const other = openTab({ key: "visit" });
    await settle();
    leader.suspend();
    other.client.wake();
    await settle(2_000);
    expect(streams.size).toBe(2);
    leader.resume();
    leader.client.wake();
    await settle();
    change(3);
    await settle();
    expect(streams.size).toBe(1);
    expect([leader.seen.states.at(-1), other.seen.states.at(-1)]).toEqual([3, 3]);
  });

  it("finds a suspended leader even if nobody touches a tab", async () => {
    const { openTab, server } = makeBrowser();
    const leader = openTab({ key: "visit" });
    await settle();
    openTab({ key: "visit" });
    await settle();
    leader.suspend();
    await settle(25_000);
    expect(server.opened).toBe(2);
  });

  it("says reconnecting while the portal does not answer, offline without a network, and comes back", async () => {
    const { openTab, streams, server } = makeBrowser();
    const { client, seen } = openTab({ key: "visit" });
    await settle(10_000);
    server.up = false;
    vi.stubGlobal("navigator", { onLine: false });
    client.doubt();
    await settle();
    expect(seen.status).toBe("offline");
    vi.stubGlobal("navigator", { onLine: true });
    await settle(30_000);
    expect(seen.status).toBe("reconnecting");
    server.up = true;
    server.state = 2;
    client.wake();
    await settle();
    expect(streams.size).toBe(1);
    expect(seen).toMatchObject({ status: "live", states: [1, 2] });
  });

  it("leaves a connection on which nothing came for 40 seconds", async () => {
    const { openTab, server } = makeBrowser();
    openTab({ key: "visit" });
    await settle(39_000);
    expect(server.opened).toBe(1);
    await settle(5_000);
    expect(server.opened).toBe(2);
  });

  it("stays live, and does not repeat itself, when the server ends a stream whose time is up", async () => {
    const { openTab, streams, server } = makeBrowser();
    const { seen } = openTab({ key: "visit" });
    await settle(10_000);
    for (const { end } of streams) end();
    await settle(1_100);
    expect(server.opened).toBe(2);
    expect(seen).toEqual({ states: [1], status: "live" });
  });

  it("does not ask again for what is gone, until a page is opened that follows it", async () => {
    const { openTab, server } = makeBrowser();
    server.gone.add("visit");
    const first = openTab({ key: "visit" });
    await settle(60_000);
    expect(first.seen).toEqual({ states: [], status: "gone" });
    expect(server.opened).toBe(1);
    server.gone.clear();
    const second = openTab({ key: "visit" });
    await settle();
    expect(server.opened).toBe(2);
    expect([first.seen.status, second.seen.status]).toEqual(["live", "live"]);
  });

  it("closes the stream when nothing is followed any more", async () => {
    const { openTab, streams } = makeBrowser();
    const tab = openTab({ key: "visit" });
    await settle();
    tab.stop();
    await settle();
    expect(streams.size).toBe(0);
  });

  it("has a stream for each tab where the browser has no locks", async () => {
    const { server } = makeBrowser();
    const states: unknown[] = [];
    const client = new LiveClient({
      fetch: (async () =>
        new Response('event: state\ndata: {"at":0,"state":7}\n\n')) as unknown as typeof fetch,
    });
    client.follow({ key: "visit" }, { onState: (state) => states.push(state), onStatus: () => undefined });
    await settle();
    client.sleep();
    expect(states).toEqual([7]);
    expect(server.opened).toBe(0);
  });
});
