import { Temporal } from "temporal-polyfill";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { TrueConfResult } from "@/lib/trueconf/errors";
import { defaultSwitches, type Switches, switchesSchema } from "@/lib/trueconf/sandbox/switches";
import { guest, openStand, type Stand, tomorrow } from "./server";

let stand: Stand;
beforeAll(async () => {
  stand = await openStand();
});
afterAll(() => stand.sandbox.stop());
beforeEach(() => stand.sandbox.state.reset());

/** The positions of every switch beside the one it begins in. A switch that is missing here fails the first test. */
const POSITIONS: { [Name in keyof Switches]: readonly Switches[Name][] } = {
  guestSeats: [0, 1],
  singleRunningConference: [true],
  tokenTtlSeconds: [1],
  grantedScopes: [["conferences"], ["conferences", "users:read"]],
  tokenFailureStatus: [401],
  ownConferenceId: ["refused", "replaced"],
  duplicateConferenceId: ["conflict", "overwritten"],
  createStartsRunning: [true],
  runWhenRunning: [400],
  stopWhenStopped: [400],
  deleteStatus: [204],
  deleteWhenRunning: ["refused"],
  putOmittedFields: ["kept"],
  autoStart: [false],
  autoStartDelaySeconds: [60],
  calendars: ["v4"],
  webClientEntry: [false],
  iframeClosing: ["right"],
  deeplinks: ["client", "absent"],
  clientsNeedToken: [true],
  clientsRefuseStopped: [true],
  clientsUnknownConference: [200],
  singleUseLinks: [true],
  sameGuestId: ["refused"],
  plannedOnlyBlocksGuests: [false],
  usersAnswer: [false],
  answerDelaySeconds: [5],
  autojoin: [false],
  reconnectGraceSeconds: [0],
};

const everyPosition = Object.entries(POSITIONS).flatMap(([name, values]) =>
  [defaultSwitches(20)[name as keyof Switches], ...values].map((value) => ({ name, value })),
);

const outcome = (result: TrueConfResult<unknown>) => (result.ok ? "ok" : result.error.kind);
const turn = (change: Partial<Switches>) => Object.assign(stand.sandbox.state.switches, change);

/** All that a visit does with its conference, each step twice where the portal may repeat it, and how each went. */
async function live() {
  const { client } = stand;
  const made = await client.ensureConference(tomorrow());
  if (!made.ok) return { made: outcome(made) };
  const { id } = made.value;
  const later = Temporal.Now.instant().add({ hours: 48 });
  return {
    made: outcome(made),
    calendars: outcome(await client.getCalendars(id)),
    moved: outcome(await client.updateConference(id, { schedule: { startAt: later, durationMinutes: 30 } })),
    run: outcome(await client.runConference(id)),
    runAgain: outcome(await client.runConference(id)),
    minted: outcome(await client.mintGuestLink(guest(id))),
    mintedAgain: outcome(await client.mintGuestLink(guest(id))),
    participants: outcome(await client.listParticipants(id)),
    described: outcome(await client.updateConference(id, { description: "Second part" })),
    stopped: outcome(await client.stopConference(id)),
    stoppedAgain: outcome(await client.stopConference(id)),
    deleted: outcome(await client.deleteConference(id)),
    deletedAgain: outcome(await client.deleteConference(id)),
    left: stand.sandbox.state.conferences.list().length,
  };
}
const WELL = {
  ...{ made: "ok", calendars: "ok", moved: "ok", run: "ok", runAgain: "ok", minted: "ok", mintedAgain: "ok" },
  ...{ participants: "ok", described: "ok", stopped: "ok", stoppedAgain: "ok", deleted: "ok" },
  ...{ deletedAgain: "ok", left: 0 },
};

describe("a conference's whole life", () => {
  it("is tried under every switch that the sandbox has", () => {
    expect(Object.keys(POSITIONS).toSorted()).toEqual(Object.keys(switchesSchema.shape).toSorted());
  });

  it.each(everyPosition)("goes well with $name at $value", async ({ name, value }) => {
    turn({ [name]: value });
    const noWebClient = { minted: "configuration", mintedAgain: "configuration" };
    expect(await live()).toEqual(name === "webClientEntry" && !value ? { ...WELL, ...noWebClient } : WELL);
  });
});

describe("what a switch changes", () => {
  it.each(["refused", "replaced"] as const)("own ids %s: one conference, found by its tag", async (ids) => {
    turn({ ownConferenceId: ids });
    const wanted = tomorrow();
    expect(outcome(await stand.client.ensureConference(wanted))).toBe("ok");
    const again = await stand.client.ensureConference(wanted);
    expect(again.ok && again.value.id).toMatch(/^\d{10}$/);
    expect(stand.sandbox.state.conferences.list()).toMatchObject([{ id: again.ok && again.value.id }]);
  });

  it("a token that lives a second is not asked for each time", async () => {
    turn({ tokenTtlSeconds: 1 });
    stand.requests();
    for (let n = 0; n < 3; n += 1) await stand.client.listConferences();
    expect(stand.requests().filter((line) => line.includes("token")).length).toBeLessThan(3);
  });

  it("a licence for one conference at a time says that it allows no more", async () => {
    turn({ singleRunningConference: true });
    const [one, two] = [tomorrow(), tomorrow()];
    for (const conference of [one, two]) await stand.client.ensureConference(conference);
    await stand.client.runConference(one.id);
    expect(await stand.client.runConference(two.id)).toEqual({
      ok: false,
      error: { kind: "limit", retry: "safe" },
    });
    await stand.client.stopConference(one.id);
    expect(outcome(await stand.client.runConference(two.id))).toBe("ok");
  });

  it("calendar links come in the shape of either version", async () => {
    for (const [calendars, names] of [
      ["v3", ["google", "ics", "outlook"]],
      ["v4", ["google", "other"]],
    ] as const) {
      turn({ calendars });
      const conference = tomorrow();
      await stand.client.ensureConference(conference);
      const links = await stand.client.getCalendars(conference.id);
      expect(Object.keys(links.ok ? links.value : {}).toSorted()).toEqual(names);
    }
  });

  it("deeplinks are found in either place, or not at all", async () => {
    for (const [deeplinks, names] of [
      ["top", ["android", "default"]],
      ["client", ["android", "default"]],
      ["absent", []],
    ] as const) {
      turn({ deeplinks });
      const conference = tomorrow();
      await stand.client.ensureConference(conference);
      const minted = await stand.client.mintGuestLink(guest(conference.id));
      expect(Object.keys(minted.ok ? minted.value.deeplinks : {}).toSorted()).toEqual(names);
    }
  });

  it.each([200, 404] as const)("an unknown conference's programs: %i", async (clientsUnknownConference) => {
    turn({ clientsUnknownConference });
    const minted = await stand.client.mintGuestLink(guest("x".repeat(32)));
    expect(outcome(minted)).toBe(clientsUnknownConference === 404 ? "not_found" : "ok");
  });

  it("a server that mints only for running conferences refuses a stopped one", async () => {
    turn({ clientsRefuseStopped: true });
    const conference = tomorrow();
    await stand.client.ensureConference(conference);
    expect(outcome(await stand.client.mintGuestLink(guest(conference.id)))).toBe("invalid");
  });
});
