import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { ensureConference } from "./ensure";
import { fail, succeed, type TrueConfFailure } from "./errors";
import type { Conference, NewConference } from "./types";

const OWN = "portal-e1";
const wanted: NewConference = {
  id: "a1b2",
  topic: "Video visit",
  owner: "clinic",
  schedule: "virtual",
  maxParticipants: 2,
  tags: ["portal", OWN],
};
const conference = (id: string, more: Partial<Conference> = {}): Conference => ({
  id,
  state: "stopped",
  tags: ["portal", OWN],
  createdAt: Temporal.Instant.from("2027-01-01T09:00:00Z"),
  recording: false,
  ...more,
});
const idRefused: TrueConfFailure = {
  ok: false,
  error: { kind: "invalid", retry: "never", field: "id" },
};

/** A server whose every answer is written down beforehand, and the calls that it saw. */
function openServer(script: {
  create: (Conference | TrueConfFailure)[];
  get?: Conference | TrueConfFailure;
  list?: (Conference[] | TrueConfFailure)[];
}) {
  const calls: string[] = [];
  const answerOf = <T extends object>(answer: T | TrueConfFailure | undefined) => {
    if (answer === undefined) throw new Error(`unexpected: ${calls.at(-1)}`);
    return "ok" in answer ? answer : succeed(answer as T);
  };
  const ensure = () =>
    ensureConference(
      {
        createConference: async (_wanted, { ownId } = {}) => {
          calls.push(ownId ? "create" : "create without id");
          return answerOf(script.create.shift());
        },
        getConference: async (id) => {
          calls.push(`get ${id}`);
          return answerOf(script.get);
        },
        listConferences: async ({ tag } = {}) => {
          calls.push(`list ${tag}`);
          return answerOf(script.list?.shift());
        },
        discardConference: async (id) => {
          calls.push(`discard ${id}`);
        },
      },
      wanted,
    );
  return { calls, ensure };
}
const lost = fail("timeout", "unclear");
const absent = fail("not_found", "never");

describe("one conference", () => {
  it("takes one request when nothing is in doubt", async () => {
    const { calls, ensure } = openServer({ create: [conference("a1b2")] });
    expect(await ensure()).toMatchObject({ ok: true, value: { id: "a1b2" } });
    expect(calls).toEqual(["create"]);
  });

  it.each([fail("unreachable", "safe"), fail("forbidden", "never"), fail("limit", "safe")])(
    "is not looked for where nothing was made: %o",
    async (failure) => {
      const { calls, ensure } = openServer({ create: [failure] });
      expect(await ensure()).toEqual(failure);
      expect(calls).toEqual(["create"]);
    },
  );

  it.each([lost, fail("conflict", "never")])("is found by its id after %o", async (failure) => {
    const { calls, ensure } = openServer({ create: [failure], get: conference("a1b2") });
    expect(await ensure()).toMatchObject({ value: { id: "a1b2" } });
    expect(calls).toEqual(["create", "get a1b2"]);
  });

  it("is found by its tag where the server gave it another id and the answer was lost", async () => {
    const { calls, ensure } = openServer({ create: [lost], get: absent, list: [[conference("77")]] });
    expect(await ensure()).toMatchObject({ value: { id: "77" } });
    expect(calls).toEqual(["create", "get a1b2", `list ${OWN}`]);
  });

  it("is made again only when neither is there", async () => {
    const { calls, ensure } = openServer({ create: [lost, conference("a1b2")], get: absent, list: [[]] });
    expect(await ensure()).toMatchObject({ value: { id: "a1b2" } });
    expect(calls).toEqual(["create", "get a1b2", `list ${OWN}`, "create"]);
  });

  it.each([
    ["cannot be looked for by its id", { get: lost }],
    ["cannot be looked for by its tag", { get: absent, list: [lost] }],
  ])("stays in doubt when it %s", async (_what, server) => {
    const failed = fail("server_error", "unclear");
    const { calls, ensure } = openServer({ create: [failed], ...server });
    expect(await ensure()).toEqual(failed);
    expect(calls.filter((call) => call.startsWith("create"))).toHaveLength(1);
  });

  it("stays in doubt after a second lost answer that left no trace", async () => {
    const { calls, ensure } = openServer({ create: [lost, lost], get: absent, list: [[], []] });
    expect(await ensure()).toEqual(lost);
    expect(calls.filter((call) => call === "create")).toHaveLength(2);
  });

  it("that arrived late, just when it was made again, is found", async () => {
    const { ensure } = openServer({
      create: [lost, fail("conflict", "never")],
      get: absent,
      list: [[], [conference("a1b2")]],
    });
    expect(await ensure()).toMatchObject({ value: { id: "a1b2" } });
  });

  it("of somebody else is not taken over", async () => {
    const foreign = conference("a1b2", { tags: ["portal", "portal-e2"] });
    const conflict = fail("conflict", "never");
    const { ensure } = openServer({ create: [conflict], get: foreign, list: [[]] });
    expect(await ensure()).toEqual(conflict);
  });
});

describe("with a server that gives its own ids", () => {
  it("the oldest of several is kept, unless people may be in another", async () => {
    const older = conference("99", { createdAt: Temporal.Instant.from("2027-01-01T08:59:59Z") });
    const cases: [Conference[], string][] = [
      [[conference("77"), older], "99"],
      [[conference("77"), conference("55")], "55"],
      [[older, conference("77", { state: "running" })], "77"],
    ];
    for (const [found, kept] of cases) {
      const { calls, ensure } = openServer({ create: [conference("77")], list: [[...found]] });
      expect(await ensure()).toMatchObject({ value: { id: kept } });
      const others = found.map(({ id }) => id).filter((id) => id !== kept);
      expect(calls).toEqual(["create", `list ${OWN}`, ...others.map((id) => `discard ${id}`)]);
    }
  });

  it("its answer is believed when it cannot be looked for", async () => {
    const { ensure } = openServer({ create: [conference("77")], list: [lost] });
    expect(await ensure()).toMatchObject({ value: { id: "77" } });
  });

  it.each(["id", "conference_id", undefined])("and refuses ours as %j, it is left to it", async (field) => {
    const refused: TrueConfFailure = { ok: false, error: { ...idRefused.error, field } };
    const { calls, ensure } = openServer({
      create: [refused, conference("77")],
      list: [[], [conference("77")]],
    });
    expect(await ensure()).toMatchObject({ value: { id: "77" } });
    expect(calls).toEqual(["create", `list ${OWN}`, "create without id", `list ${OWN}`]);
  });

  it("and refuses ours only after a lost answer, it is left to it all the same", async () => {
    const { calls, ensure } = openServer({
      create: [lost, idRefused, conference("77")],
      get: absent,
      list: [[], [], [conference("77")]],
    });
    expect(await ensure()).toMatchObject({ value: { id: "77" } });
    expect(calls.filter((call) => call.startsWith("create"))).toEqual([
      "create",
      "create",
      "create without id",
    ]);
  });

  it("and refuses ours, a failure to look is what is said", async () => {
    const { ensure } = openServer({ create: [idRefused], list: [fail("unreachable", "safe")] });
    expect(await ensure()).toEqual(fail("unreachable", "unclear"));
  });

  it("and refuses ours, an earlier try's is found before another is made", async () => {
    const { calls, ensure } = openServer({ create: [idRefused], list: [[conference("77")]] });
    expect(await ensure()).toMatchObject({ value: { id: "77" } });
    expect(calls).toEqual(["create", `list ${OWN}`]);
  });

  it("another field's refusal is final", async () => {
    const refused: TrueConfFailure = { ok: false, error: { ...idRefused.error, field: "owner" } };
    const { calls, ensure } = openServer({ create: [refused] });
    expect(await ensure()).toEqual(refused);
    expect(calls).toEqual(["create"]);
  });
});
