import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { LiveClient } from "./live-client";
import { makeBrowser } from "./live-client.fixture";

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

  it.each(["says good-bye", "is killed"])("lets go at once of what a tab followed that %s", async (how) => {
    const { openTab, streams } = makeBrowser();
    const leader = openTab({ key: "agenda" });
    await settle();
    const other = openTab({ key: "visit" });
    await settle();
    const keys = () => [...streams].flatMap((stream) => stream.keys.map(({ key }) => key));
    expect(keys()).toEqual(["agenda", "visit"]);
    if (how === "is killed") other.kill();
    else other.client.sleep();
    await settle();
    expect(keys()).toEqual(["agenda"]);
    expect(leader.seen).toEqual({ states: [1], status: "live" });
  });

  it("keeps what another tab still follows when one of two is killed", async () => {
    const { openTab, server } = makeBrowser();
    openTab({ key: "visit" });
    await settle();
    const other = openTab({ key: "visit" });
    await settle();
    other.kill();
    await settle();
    expect(server.opened).toBe(1);
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
