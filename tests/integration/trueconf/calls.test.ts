import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { TrueConfResult } from "@/lib/trueconf/errors";
import type { FaultOrder } from "@/lib/trueconf/sandbox/faults";
import { guest, openStand, type Stand, tomorrow } from "./server";

const TIMEOUT_MS = 600;
let stand: Stand;
// One for each, since a client remembers that its server was down.
beforeEach(async () => {
  stand = await openStand({}, { timeoutMs: TIMEOUT_MS });
});
afterEach(() => stand.sandbox.stop());

type Call = {
  name: string;
  /** What it asks when all goes well. */
  asks: readonly string[];
  /** Of that, what the faults strike. */
  strikes: FaultOrder["match"];
  /** How often the struck request is made while the fault lasts. */
  tries: number;
  make: (id: string) => Promise<TrueConfResult<unknown>>;
};

const ONE = "/conferences/{id}";
const reads = { tries: 3 } as const;
const CALLS: readonly Call[] = [
  {
    name: "getConference",
    asks: [`GET ${ONE}`],
    strikes: { method: "GET" },
    ...reads,
    make: (id) => stand.client.getConference(id),
  },
  {
    name: "listConferences",
    asks: ["GET /conferences"],
    strikes: { method: "GET" },
    ...reads,
    make: (id) => stand.client.listConferences({ tag: `portal-${id}` }),
  },
  {
    name: "getCalendars",
    asks: [`GET ${ONE}/calendars`],
    strikes: { path: "/calendars" },
    ...reads,
    make: (id) => stand.client.getCalendars(id),
  },
  {
    name: "listParticipants",
    asks: [`GET ${ONE}/participants`],
    strikes: { path: "/participants" },
    ...reads,
    make: (id) => stand.client.listParticipants(id),
  },
  {
    name: "getUser",
    asks: ["GET /users/clinic"],
    strikes: { path: "/users" },
    ...reads,
    make: () => stand.client.getUser("clinic"),
  },
  {
    name: "updateConference",
    asks: [`GET ${ONE}`, `PUT ${ONE}`],
    strikes: { method: "PUT" },
    tries: 3,
    make: (id) => stand.client.updateConference(id, { description: "Second part" }),
  },
  {
    name: "runConference",
    asks: [`POST ${ONE}/run`, `GET ${ONE}`],
    strikes: { path: "/run" },
    tries: 3,
    make: (id) => stand.client.runConference(id),
  },
  {
    name: "stopConference",
    asks: [`POST ${ONE}/stop`],
    strikes: { path: "/stop" },
    tries: 3,
    make: (id) => stand.client.stopConference(id),
  },
  {
    name: "deleteConference",
    asks: [`DELETE ${ONE}`],
    strikes: { method: "DELETE" },
    tries: 3,
    make: (id) => stand.client.deleteConference(id),
  },
  {
    name: "mintGuestLink",
    asks: ["GET /software/clients"],
    strikes: { path: "/software/clients" },
    tries: 1,
    make: (id) => stand.client.mintGuestLink(guest(id)),
  },
  {
    name: "mintUserLink",
    asks: ["GET /software/clients"],
    strikes: { path: "/software/clients" },
    tries: 1,
    make: (id) => stand.client.mintUserLink({ conferenceId: id, trueconfId: "clinic", lang: "en" }),
  },
  {
    name: "ping",
    asks: ["GET /conferences"],
    strikes: { method: "GET" },
    tries: 1,
    make: () => stand.client.ping(),
  },
];

/** A conference to call for, with everything that making it took forgotten. */
async function made(): Promise<string> {
  const { client, requests } = stand;
  const conference = await client.ensureConference(tomorrow());
  if (!conference.ok) throw new Error(conference.error.kind);
  requests();
  return conference.value.id;
}
const strike = (fault: object) => stand.sandbox.state.faults.add(fault as FaultOrder);
const kindOf = (result: TrueConfResult<unknown>) => (result.ok ? "ok" : result.error.kind);

describe.each(CALLS)("$name", ({ asks, strikes, tries, make }) => {
  it("asks what the contract has, and no more", async () => {
    const id = await made();
    expect(kindOf(await make(id))).toBe("ok");
    expect(stand.requests()).toEqual(asks);
  });

  it("has its token renewed once where it ended", async () => {
    const id = await made();
    stand.sandbox.state.switches.clientsNeedToken = true;
    stand.sandbox.state.tokens.expireAll();
    expect(kindOf(await make(id))).toBe("ok");
    const [first] = asks;
    expect(stand.requests()).toEqual([first, "POST /oauth2/v1/token", ...asks]);
  });

  it("waits for a slow answer", async () => {
    const id = await made();
    strike({ kind: "latency", ms: 60, match: strikes });
    expect(kindOf(await make(id))).toBe("ok");
    expect(stand.requests()).toEqual(asks);
  });

  it.each(["html500", "reset", "malformed", "loseAnswer"] as const)("suffers %s once", async (kind) => {
    const id = await made();
    strike({ kind, match: strikes, times: 1 });
    const result = await make(id);
    // A broken connection had been kept, so that it may have been broken before: that is tried again even if nothing else is.
    const isBroken = kind === "reset" || kind === "loseAnswer";
    // Nothing is asked of what a deletion or a stop answers.
    expect(result.ok).toBe(tries > 1 || (isBroken && strikes.path === "/software/clients"));
  });

  it.each([
    ["html500", "server_error"],
    ["reset", "unreachable"],
    ["hang", "timeout"],
  ] as const)("says so when %s lasts", async (kind, expected) => {
    const id = await made();
    strike({ kind, match: strikes });
    expect(kindOf(await make(id))).toBe(expected);
    const struck = asks.find(
      (line) => line.startsWith(strikes.method ?? "") && line.includes(strikes.path ?? ""),
    );
    const again = kind === "reset" && tries === 1 && strikes.path ? 2 : tries;
    expect(stand.requests().filter((line) => line === struck)).toHaveLength(again);
  });

  it("leaves the server alone once it is down", async () => {
    const id = await made();
    strike({ kind: "html500" });
    for (let n = 0; n < 5; n += 1) await make(id);
    stand.requests();
    expect(await make(id)).toEqual({ ok: false, error: { kind: "circuit_open", retry: "safe" } });
    expect(stand.requests()).toEqual([]);
  });
});

describe("a lost answer, with a server that does nothing twice", () => {
  const lose = (match: object) => strike({ kind: "loseAnswer", match, times: 1 });

  it("does not hide that it runs, stands still or is gone", async () => {
    const id = await made();
    Object.assign(stand.sandbox.state.switches, { runWhenRunning: 400, stopWhenStopped: 400 });
    lose({ path: "/run" });
    expect(await stand.client.runConference(id)).toMatchObject({ ok: true, value: { state: "running" } });
    expect(stand.requests()).toEqual([`POST ${ONE}/run`, `POST ${ONE}/run`, `GET ${ONE}`]);
    lose({ path: "/stop" });
    expect(kindOf(await stand.client.stopConference(id))).toBe("ok");
    expect(stand.requests()).toEqual([`POST ${ONE}/stop`, `POST ${ONE}/stop`, `GET ${ONE}`]);
    lose({ method: "DELETE" });
    expect(kindOf(await stand.client.deleteConference(id))).toBe("ok");
    expect(stand.requests()).toEqual([`DELETE ${ONE}`, `DELETE ${ONE}`]);
    expect(stand.sandbox.state.conferences.list()).toEqual([]);
  });

  it("of a deletion that is refused while people are inside does not pass for one", async () => {
    const id = await made();
    stand.sandbox.state.switches.deleteWhenRunning = "refused";
    await stand.client.runConference(id);
    expect(kindOf(await stand.client.deleteConference(id))).toBe("invalid");
    await stand.client.stopConference(id);
    expect(kindOf(await stand.client.deleteConference(id))).toBe("ok");
  });
});
