import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { createSseParser } from "@/components/ui/live/sse-parser";
import { newId } from "@/lib/core/ids";
import { ok } from "@/lib/core/result";
import { closeDb } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { closeEvents, isListening, subscribe } from "@/lib/events/listen";
import { passPulse, publish } from "@/lib/events/publish";
import { type LiveSource, sseResponse } from "@/lib/events/stream";
import { appointmentTopic, streamTopic, type Topic } from "@/lib/events/topics";

const quiet = (milliseconds = 200) => new Promise((resolve) => setTimeout(resolve, milliseconds));

const announce = (topic: Topic) =>
  transaction(async (tx) => {
    await publish(tx, [topic]);
    return ok();
  });

/** A source whose state the test sets, and a count of how often it was read. */
function makeSource(initial: unknown) {
  const topic = appointmentTopic(newId());
  const source = { state: initial, reads: 0, topic };
  const live: LiveSource = {
    topics: [topic],
    snapshot: async () => {
      source.reads += 1;
      return source.state;
    },
  };
  const change = async (state: unknown) => {
    source.state = state;
    await announce(topic);
  };
  return { source, live, change };
}

function openStream(...sources: (LiveSource | undefined)[]) {
  const leave = new AbortController();
  const response = sseResponse({ sources, signal: leave.signal });
  const events: [name: string, data: unknown][] = [];
  const stream = { response, events, leave, ended: false };
  const parse = createSseParser(({ name, data }) => events.push([name, JSON.parse(data)]));
  const read = async () => {
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) parse(decoder.decode(chunk, { stream: true }));
    stream.ended = true;
  };
  return { ...stream, read, isEnded: () => stream.ended };
}

/** Reads a stream in the background and waits for its first states. */
async function follow(...sources: (LiveSource | undefined)[]) {
  const stream = openStream(...sources);
  void stream.read();
  await vi.waitFor(() => expect(stream.events.length).toBeGreaterThanOrEqual(sources.length));
  await vi.waitFor(() => expect(isListening()).toBe(true), 5_000);
  await quiet(50);
  return stream;
}

describe("the stream of live states", () => {
  afterEach(closeEvents);
  afterAll(closeDb);

  it("is never stored, transformed or held back", async () => {
    const { response, leave } = await follow(makeSource(1).live);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "private, no-store, no-transform",
      "x-accel-buffering": "no",
    });
    leave.abort();
  });

  it("begins with every state and goes on with what changes", async () => {
    const [a, b] = [makeSource({ phase: "waiting" }), makeSource("b")];
    const { events, leave } = await follow(a.live, b.live);
    expect(events).toEqual([
      ["state", { at: 0, state: { phase: "waiting" } }],
      ["state", { at: 1, state: "b" }],
    ]);
    await a.change({ phase: "open" });
    await vi.waitFor(() => expect(events[2]).toEqual(["state", { at: 0, state: { phase: "open" } }]));
    leave.abort();
  });

  it("reads once for a burst, and says nothing when nothing is new", async () => {
    const a = makeSource(1);
    const { events, leave } = await follow(a.live);
    const before = a.source.reads;
    await Promise.all(Array.from({ length: 10 }, () => announce(a.source.topic)));
    await quiet();
    expect(a.source.reads - before).toBeLessThanOrEqual(5);
    expect(events).toHaveLength(1);
    leave.abort();
  });

  it("reads again when a change comes during a read", async () => {
    const topic = appointmentTopic(newId());
    let state = 1;
    let finish = () => {};
    const source: LiveSource = {
      topics: [topic],
      snapshot: async () => {
        const read = state;
        if (read === 2) await new Promise<void>((resolve) => (finish = resolve));
        return read;
      },
    };
    const { events, leave } = await follow(source);
    state = 2;
    await announce(topic);
    await quiet();
    state = 3;
    await announce(topic);
    await quiet();
    finish();
    await vi.waitFor(() => expect(events.at(-1)).toEqual(["state", { at: 0, state: 3 }]));
    leave.abort();
  });

  it("reads again, without a signal, when the clock ends a state", async () => {
    let reads = 0;
    const source: LiveSource = {
      topics: [appointmentTopic(newId())],
      snapshot: async () => {
        reads += 1;
        return reads === 1 ? "held" : "free";
      },
      endsInMs: () => (reads === 1 ? 30 : undefined),
    };
    const { events, leave } = await follow(source);
    await vi.waitFor(() => expect(events[1]).toEqual(["state", { at: 0, state: "free" }]), 3_000);
    await quiet(1_300);
    expect(reads, "a state that lasts is not asked for again").toBe(2);
    leave.abort();
  });

  it("says gone for what is not there, and goes on with the rest", async () => {
    const b = makeSource("b");
    const { events, leave, isEnded } = await follow(undefined, b.live);
    expect(events).toEqual([
      ["gone", { at: 0 }],
      ["state", { at: 1, state: "b" }],
    ]);
    await b.change(null);
    await vi.waitFor(() => expect(events[2]).toEqual(["gone", { at: 1 }]));
    await vi.waitFor(() => expect(isEnded()).toBe(true));
    leave.abort();
  });

  it("ends at once when there is nothing to follow", async () => {
    const { events, read } = openStream(undefined, undefined);
    await read();
    expect(events).toEqual([
      ["gone", { at: 0 }],
      ["gone", { at: 1 }],
    ]);
  });

  it("stops reading when the browser leaves", async () => {
    const a = makeSource(1);
    const { leave, isEnded } = await follow(a.live);
    leave.abort();
    await vi.waitFor(() => expect(isEnded()).toBe(true));
    const before = a.source.reads;
    await a.change(2);
    await quiet();
    expect(a.source.reads).toBe(before);
  });

  it("tells each source once that it is followed no more: gone, or with the browser", async () => {
    const [a, b] = [makeSource("a"), makeSource("b")];
    const [endA, endB] = [vi.fn(), vi.fn()];
    const { leave, isEnded } = await follow({ ...a.live, end: endA }, { ...b.live, end: endB });
    await a.change(null);
    await vi.waitFor(() => expect(endA).toHaveBeenCalledOnce());
    expect(endB).not.toHaveBeenCalled();
    leave.abort();
    await vi.waitFor(() => expect(isEnded()).toBe(true));
    expect(endA).toHaveBeenCalledOnce();
    expect(endB).toHaveBeenCalledOnce();
  });

  it("takes a browser that gives no pulse for gone, and no other", async () => {
    // Beats come by the test's clock; what the database says, by its own.
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      const [silent, present] = [openStream(makeSource("a").live), openStream(makeSource("b").live)];
      for (const stream of [silent, present]) {
        void stream.read();
        await vi.waitFor(() => expect(stream.events).toHaveLength(1));
      }
      await vi.waitFor(() => expect(isListening()).toBe(true));
      const id = present.response.headers.get("x-live-stream") ?? "";
      const heard = vi.fn();
      const end = subscribe([streamTopic(id)], heard);
      for (let beat = 1; beat <= 12; beat += 1) {
        await vi.advanceTimersByTimeAsync(15_000);
        await passPulse(id);
        await vi.waitFor(() => expect(heard).toHaveBeenCalledTimes(beat));
      }
      end();
      expect(silent.isEnded()).toBe(true);
      expect(present.isEnded()).toBe(false);
      present.leave.abort();
    } finally {
      vi.useRealTimers();
    }
  });

  it("tries again what could not be read", async () => {
    const a = makeSource("fine");
    let failures = 1;
    const { snapshot } = a.live;
    const source: LiveSource = {
      ...a.live,
      snapshot: () => (failures-- > 0 ? Promise.reject(new Error("the database is away")) : snapshot()),
    };
    const { events, read, leave } = openStream(source);
    void read();
    await vi.waitFor(() => expect(events).toEqual([["state", { at: 0, state: "fine" }]]), 6_000);
    leave.abort();
  });

  it("keeps the newest state, not a queue, for a browser that does not read", async () => {
    const big = (version: number) => ({ version, filling: "x".repeat(40_000) });
    const a = makeSource(big(0));
    const { events, read, leave } = openStream(a.live);
    await vi.waitFor(() => expect(isListening()).toBe(true), 5_000);
    for (let version = 1; version <= 12; version += 1) {
      await a.change(big(version));
      await quiet(60);
    }
    void read();
    await vi.waitFor(() => expect(events.at(-1)).toEqual(["state", { at: 0, state: big(12) }]));
    expect(events.length).toBeLessThanOrEqual(4);
    leave.abort();
  });
});
