import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
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

describe("either position of a switch", () => {
  it.each([200, 204] as const)("a deletion answered by %i", async (deleteStatus) => {
    set({ deleteStatus });
    const { id } = unwrap(await stand.client.ensureConference(tomorrow()));
    expect(kindOf(await stand.client.deleteConference(id))).toBe("ok");
  });

  it.each([200, 400] as const)("a conference that runs already, answered by %i", async (runWhenRunning) => {
    set({ runWhenRunning });
    const { id } = unwrap(await stand.client.ensureConference(tomorrow()));
    unwrap(await stand.client.runConference(id));
    expect(unwrap(await stand.client.runConference(id)).state).toBe("running");
  });

  it.each(["refused", "conflict"] as const)("an id in use: %s", async (duplicateConferenceId) => {
    set({ duplicateConferenceId });
    const mine = tomorrow();
    unwrap(await stand.client.ensureConference(mine));
    expect(unwrap(await stand.client.ensureConference(mine)).id).toBe(mine.id);
    const foreign = { ...mine, tags: ["portal", "portal-of-somebody-else"] as const };
    expect(kindOf(await stand.client.ensureConference(foreign))).toBe("conflict");
    expect(stand.sandbox.state.conferences.list()).toHaveLength(1);
  });

  it("the server's own ids in the place of ours", async () => {
    set({ ownConferenceId: "replaced" });
    const wanted = tomorrow();
    const made = unwrap(await stand.client.ensureConference(wanted));
    expect(made.id).not.toBe(wanted.id);
    unwrap(await stand.client.runConference(made.id));
    unwrap(await stand.client.mintGuestLink(guest(made.id)));
  });

  it.each(["v3", "v4"] as const)("calendar links of %s", async (calendars) => {
    set({ calendars });
    const { id } = unwrap(await stand.client.ensureConference(tomorrow()));
    const links = unwrap(await stand.client.getCalendars(id));
    for (const href of Object.values(links)) expect(href).toMatch(/^https?:/);
    expect(links.google).toBeDefined();
  });

  it.each(["top", "client", "absent"] as const)("deeplinks: %s", async (deeplinks) => {
    set({ deeplinks });
    const { id } = unwrap(await stand.client.ensureConference(tomorrow()));
    const minted = unwrap(await stand.client.mintGuestLink(guest(id)));
    expect(minted.deeplinks.default !== undefined).toBe(deeplinks !== "absent");
  });

  it.each(["broken", "right"] as const)("the server's iframe is ignored: %s", async (iframeClosing) => {
    set({ iframeClosing });
    const { id } = unwrap(await stand.client.ensureConference(tomorrow()));
    expect(unwrap(await stand.client.mintGuestLink(guest(id))).webUrl).toContain(`/webrtc/${id}#`);
  });

  it("no web client in the licence", async () => {
    set({ webClientEntry: false });
    const { id } = unwrap(await stand.client.ensureConference(tomorrow()));
    expect(kindOf(await stand.client.mintGuestLink(guest(id)))).toBe("configuration");
  });

  it("one conference at a time", async () => {
    set({ singleRunningConference: true });
    const [one, two] = [tomorrow(), tomorrow()];
    for (const conference of [one, two]) unwrap(await stand.client.ensureConference(conference));
    unwrap(await stand.client.runConference(one.id));
    expect(kindOf(await stand.client.runConference(two.id))).not.toBe("ok");
  });
});

describe("what a clinic's server must have", () => {
  it("is checked without leaving anything behind", async () => {
    expect(await stand.client.checkServer("clinic")).toEqual([
      { name: "connection", ok: true },
      { name: "token", ok: true },
      { name: "owner", ok: true },
      { name: "guests", ok: true },
      { name: "web_client", ok: true },
    ]);
    expect(stand.sandbox.state.conferences.list()).toEqual([]);
  });

  it("is named where it is missing", async () => {
    expect((await stand.client.checkServer("nobody")).find(({ name }) => name === "owner")).toMatchObject({
      ok: false,
    });
    set({ webClientEntry: false });
    expect((await stand.client.checkServer("clinic")).at(-1)).toEqual({
      name: "web_client",
      ok: false,
      kind: "configuration",
    });
  });
});
