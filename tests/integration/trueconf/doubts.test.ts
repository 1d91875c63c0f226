import { describe, expect, it, onTestFinished } from "vitest";
import type { TrueConfResult } from "@/lib/trueconf/errors";
import type { FaultOrder } from "@/lib/trueconf/sandbox/faults";
import type { Switches } from "@/lib/trueconf/sandbox/switches";
import { openStand, type Stand, tomorrow } from "./server";

const open = async (ids: Switches["ownConferenceId"] = "accepted") => {
  const stand = await openStand({}, { timeoutMs: 300 });
  onTestFinished(() => stand.sandbox.stop());
  stand.sandbox.state.switches.ownConferenceId = ids;
  await stand.client.listConferences();
  stand.requests();
  return stand;
};
const idsOn = ({ sandbox }: Stand) => sandbox.state.conferences.list().map(({ id }) => id);
const unwrap = <T>(result: TrueConfResult<T>): T => {
  if (!result.ok) throw new Error(result.error.kind);
  return result.value;
};
/** What can befall the answer to a creation; after some of them it has been done. */
const BEFALLS: FaultOrder["kind"][] = ["html500", "reset", "hang", "malformed", "loseAnswer"];
const befall = ({ sandbox }: Stand, kind: FaultOrder["kind"], times = 1) =>
  sandbox.state.faults.add({
    kind,
    match: { method: "POST", pattern: "/conferences$" },
    times,
  } as FaultOrder);

describe.each(["accepted", "replaced", "refused"] as const)("a server by which our ids are %s", (ids) => {
  it.each(BEFALLS)("has one conference after %s", async (kind) => {
    const stand = await open(ids);
    befall(stand, kind);
    const made = unwrap(await stand.client.ensureConference(tomorrow()));
    expect(idsOn(stand)).toEqual([made.id]);
  });

  it.each(BEFALLS)("has one conference after %s befell every try of the first process", async (kind) => {
    const stand = await open(ids);
    const wanted = tomorrow();
    befall(stand, kind, 4);
    await stand.client.ensureConference(wanted);
    expect(idsOn(stand).length).toBeLessThanOrEqual(1);
    stand.sandbox.state.faults.clear();
    const made = unwrap(await stand.client.ensureConference(wanted));
    expect(idsOn(stand)).toEqual([made.id]);
  });

  it("has one conference however many try at once", async () => {
    const stand = await open(ids);
    const wanted = tomorrow();
    const made = await Promise.all(Array.from({ length: 5 }, () => stand.client.ensureConference(wanted)));
    const left = idsOn(stand);
    expect(left).toHaveLength(1);
    expect(made.map(unwrap).map(({ id }) => id)).toContain(left[0]);
  });
});

describe("what a server does not take up", () => {
  it.each([
    ["guests", { allow_guests: false }],
    ["the tags", { tags: [] }],
    ["that nobody is recorded", { recording: 1 as const }],
  ])("%s: is said, and nothing is left over", async (_what, forgotten) => {
    const stand = await open();
    const { conferences } = stand.sandbox.state;
    const create = conferences.create.bind(conferences);
    conferences.create = (body) => Object.assign(create(body), forgotten);
    expect(await stand.client.ensureConference(tomorrow())).toEqual({
      ok: false,
      error: { kind: "configuration", retry: "never" },
    });
    expect(idsOn(stand)).toEqual([]);
  });

  it("a change: is said", async () => {
    const stand = await open();
    const { id } = unwrap(await stand.client.ensureConference(tomorrow()));
    // Its limit for this type of conference is 49.
    expect(await stand.client.updateConference(id, { maxParticipants: 60 })).toMatchObject({
      error: { kind: "configuration" },
    });
    unwrap(await stand.client.runConference(id));
    expect(await stand.client.updateConference(id, { topic: "Another" })).toMatchObject({
      error: { kind: "invalid", field: "topic" },
    });
  });

  it("to run: is looked for three times, and said", async () => {
    const stand = await open();
    const { id } = unwrap(await stand.client.ensureConference(tomorrow()));
    const { conferences } = stand.sandbox.state;
    conferences.run = (one) => ({ ...conferences.require(one), state: "running" });
    stand.requests();
    expect(await stand.client.runConference(id)).toMatchObject({ error: { kind: "server_error" } });
    expect(stand.requests()).toEqual([
      "POST /conferences/{id}/run",
      ...Array(3).fill("GET /conferences/{id}"),
    ]);
  });
});

describe("a long list", () => {
  it("is read to its end, page by page", async () => {
    const stand = await open();
    const { conferences } = stand.sandbox.state;
    for (let n = 0; n < 450; n += 1) {
      const tags = n % 2 ? ["portal"] : [];
      conferences.create({ topic: "Visit", owner: "clinic", type: 0, tags });
    }
    expect(unwrap(await stand.client.listConferences())).toHaveLength(450);
    expect(stand.requests()).toHaveLength(3);
    expect(unwrap(await stand.client.listConferences({ tag: "portal" }))).toHaveLength(225);
    expect(stand.requests()).toHaveLength(2);
    expect(unwrap(await stand.client.listConferences({ state: "running" }))).toEqual([]);
  });
});
