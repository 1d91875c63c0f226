import { Temporal } from "temporal-polyfill";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createTrueConf } from "@/lib/trueconf/client";
import type { TrueConfResult } from "@/lib/trueconf/errors";
import { guest, openStand, type Stand, tomorrow } from "./server";

let stand: Stand;
beforeAll(async () => {
  stand = await openStand();
});
afterAll(() => stand.sandbox.stop());
beforeEach(() => stand.sandbox.state.reset());

const unwrap = <T>(result: TrueConfResult<T>): T => {
  if (!result.ok) throw new Error(result.error.kind);
  return result.value;
};
const kindOf = (result: TrueConfResult<unknown>) => (result.ok ? "ok" : result.error.kind);
const set = (change: Partial<Stand["sandbox"]["state"]["switches"]>) =>
  Object.assign(stand.sandbox.state.switches, change);

describe("a conference's life", () => {
  it("takes the requests that the contract has, and no more", async () => {
    const { client, requests } = stand;
    const { id } = unwrap(await client.ensureConference(tomorrow()));
    expect(requests()).toEqual(["POST /oauth2/v1/token", "POST /conferences"]);
    expect(unwrap(await client.getConference(id)).state).toBe("stopped");
    expect(Object.keys(unwrap(await client.getCalendars(id))).toSorted()).toEqual([
      "google",
      "ics",
      "outlook",
    ]);
    requests();
    expect(unwrap(await client.runConference(id)).state).toBe("running");
    expect(requests()).toEqual(["POST /conferences/{id}/run", "GET /conferences/{id}"]);
    unwrap(await client.mintGuestLink(guest(id)));
    expect(requests()).toEqual(["GET /software/clients"]);
    expect(unwrap(await client.listParticipants(id))).toEqual([]);
    expect(unwrap(await client.listConferences({ tag: `portal-${id}` })).map((one) => one.id)).toEqual([id]);
    unwrap(await client.stopConference(id));
    unwrap(await client.deleteConference(id));
    expect(kindOf(await client.getConference(id))).toBe("not_found");
    expect(kindOf(await client.deleteConference(id))).toBe("ok");
  });

  it("is made as a visit needs it: guests allowed, nobody recorded, the owner invited", async () => {
    const { id } = unwrap(await stand.client.ensureConference(tomorrow()));
    const [made] = stand.sandbox.state.conferences.list();
    expect(made).toMatchObject({
      id,
      type: 0,
      allow_guests: true,
      recording: 0,
      max_participants: 2,
      owner: expect.stringContaining("clinic"),
    });
    expect(JSON.stringify(made)).toContain('"recording":false');
    expect(made?.invitations.map((one) => one.id)).toEqual([expect.stringContaining("clinic")]);
    expect(made?.schedule).toMatchObject({ type: 1, duration: 1200 });
  });

  it("can be a room without a schedule, and be changed", async () => {
    const { client } = stand;
    const { id } = unwrap(await client.ensureConference({ ...tomorrow(), schedule: "virtual" }));
    expect(stand.sandbox.state.conferences.find(id)?.schedule.type).toBe(-1);
    unwrap(await client.updateConference(id, { maxParticipants: 3 }));
    expect(stand.sandbox.state.conferences.find(id)).toMatchObject({
      max_participants: 3,
      allow_guests: true,
    });
  });

  it("of an owner who does not exist is refused", async () => {
    expect(kindOf(await stand.client.ensureConference({ ...tomorrow(), owner: "nobody" }))).toBe("invalid");
  });
});

describe("an id in use", () => {
  it.each(["refused", "conflict"] as const)(
    "%s: is ours only with our tag",
    async (duplicateConferenceId) => {
      set({ duplicateConferenceId });
      const mine = tomorrow();
      unwrap(await stand.client.ensureConference(mine));
      expect(unwrap(await stand.client.ensureConference(mine)).id).toBe(mine.id);
      const foreign = { ...mine, tags: ["portal", "portal-of-somebody-else"] as const };
      expect(kindOf(await stand.client.ensureConference(foreign))).toBe("conflict");
      expect(stand.sandbox.state.conferences.list()).toHaveLength(1);
    },
  );
});

describe("a way in", () => {
  it("is made anew each time, for the guest that is named, and ends within a minute", async () => {
    const { client, sandbox } = stand;
    const { id } = unwrap(await client.ensureConference(tomorrow()));
    const before = Temporal.Now.instant();
    const [first, second] = [
      unwrap(await client.mintGuestLink({ ...guest(id), displayName: "2$Анна* Пример" })),
      unwrap(await client.mintGuestLink(guest(id))),
    ];
    expect(first.webUrl).not.toBe(second.webUrl);
    expect(first.webUrl).toContain(`${sandbox.url}/webrtc/${id}#`);
    expect(before.until(first.expiresAt).total("seconds")).toBeLessThanOrEqual(61);
    expect(sandbox.state.links.list().map(({ person }) => person)).toEqual([
      { kind: "guest", id: "g_contract_guest", displayName: "2 Анна Пример" },
      { kind: "guest", id: "g_contract_guest", displayName: "Paula Beispiel" },
    ]);
  });

  it("can be an account's", async () => {
    const { client, sandbox } = stand;
    const { id } = unwrap(await client.ensureConference(tomorrow()));
    unwrap(await client.mintUserLink({ conferenceId: id, trueconfId: "doctor_one", lang: "en" }));
    expect(sandbox.state.links.list().map(({ person }) => person)).toMatchObject([
      { kind: "user", id: "doctor_one" },
    ]);
    const nobody = { conferenceId: id, trueconfId: "nobody", lang: "en" };
    expect(kindOf(await client.mintUserLink(nobody))).toBe("not_found");
  });
});

describe("what a clinic's server must have", () => {
  it("is checked without leaving anything behind", async () => {
    expect(await stand.client.checkServer("clinic")).toEqual([
      { name: "connection", ok: true },
      { name: "token", ok: true },
      { name: "owner", ok: true },
      { name: "clock", ok: true },
      { name: "guests", ok: true },
      { name: "web_client", ok: true },
    ]);
    expect(stand.sandbox.state.conferences.list()).toEqual([]);
  });

  it("is checked with servers that give their own ids, too", async () => {
    for (const ownConferenceId of ["refused", "replaced"] as const) {
      set({ ownConferenceId });
      expect((await stand.client.checkServer("clinic")).every(({ ok }) => ok)).toBe(true);
      expect(stand.sandbox.state.conferences.list()).toEqual([]);
    }
  });

  it("is checked by several processes at once, and tidied up after one that died", async () => {
    const { client, sandbox } = stand;
    const left = (tag: string, hoursAgo: number) => {
      const one = { topic: "Portal check", owner: "clinic", type: 0, tags: ["portal", tag] };
      const made = sandbox.state.conferences.create(one);
      made.createdAt -= hoursAgo * 3_600;
      return made.id;
    };
    const [fresh, foreign] = [left("portal-check", 0), left("portal-e1", 5)];
    left("portal-check", 2);
    const checks = await Promise.all([1, 2, 3].map(() => client.checkServer("clinic")));
    expect(checks.flat().filter(({ ok }) => !ok)).toEqual([]);
    expect(sandbox.state.conferences.list().map(({ id }) => id)).toEqual([fresh, foreign]);
  });

  it.each([
    ["an owner who is nobody", {}, "nobody", "owner", "not_found"],
    ["a scope for conferences", { grantedScopes: ["users:read"] }, "clinic", "guests", "forbidden"],
    ["a web client", { webClientEntry: false }, "clinic", "web_client", "configuration"],
  ] as const)("names what is missing: %s", async (_what, switches, owner, name, kind) => {
    set(switches as Partial<Stand["sandbox"]["state"]["switches"]>);
    stand.sandbox.state.tokens.expireAll();
    const checks = await stand.client.checkServer(owner);
    expect(checks.find(({ ok }) => !ok)).toEqual({ name, ok: false, kind });
    expect(stand.sandbox.state.conferences.list()).toEqual([]);
  });

  it.each([
    [90_000, 88, 90],
    [-90_000, -90, -88],
  ])("names a clock that is %d ms off, and works by it all the same", async (skewMs, least, most) => {
    stand.sandbox.state.clock.skewMs = skewMs;
    const checks = await stand.client.checkServer("clinic");
    expect(checks.filter(({ ok }) => !ok).map(({ name }) => name)).toEqual(["clock"]);
    const { skewSeconds = 0 } = checks.find(({ name }) => name === "clock") ?? {};
    expect(skewSeconds).toBeGreaterThanOrEqual(least);
    expect(skewSeconds).toBeLessThanOrEqual(most);
    expect(JSON.stringify(stand.logged)).toContain("the server's clock is off");
  });

  it("does without the scope for users", async () => {
    set({ grantedScopes: ["conferences"] });
    stand.sandbox.state.tokens.expireAll();
    expect((await stand.client.checkServer("clinic")).every(({ ok }) => ok)).toBe(true);
  });

  it("ends with the first of all: an answer, and a token", async () => {
    const { sandbox, client } = stand;
    sandbox.state.faults.add({ kind: "html500", match: {} });
    expect(await client.checkServer("clinic")).toEqual([
      { name: "connection", ok: false, kind: "server_error" },
    ]);
    sandbox.state.faults.clear();
    const stranger = createTrueConf({
      url: sandbox.url,
      webOrigin: sandbox.url,
      credentials: { secretKey: "wrong" },
    });
    expect(await stranger.checkServer("clinic")).toEqual([
      { name: "connection", ok: true },
      { name: "token", ok: false, kind: "unauthorized" },
    ]);
  });
});
