import { describe, expect, it } from "vitest";
import { inOneHour, type Json, openSandbox, reasonOf, START_SECONDS, visit } from "./harness";

describe("creating a conference", () => {
  it("answers with the documented object and nothing else", async () => {
    const sandbox = await openSandbox();
    const { status, body } = await sandbox.api("POST", "/conferences", {
      ...visit(),
      max_participants: 2,
      schedule: inOneHour(),
      tags: ["visit"],
      rights: { guest: { recording: false }, user: {} },
      pin: "1234",
      waiting_room_enabled: true,
    });
    expect(status).toBe(200);
    const { conference } = body;
    expect(conference.id).toMatch(/^\d{10}$/);
    expect(conference).toMatchObject({
      topic: "Visit",
      owner: "clinic",
      type: 0,
      state: "stopped",
      max_participants: 2,
      max_podiums: 2,
      allow_guests: true,
      access: "public",
      recording: 0,
      tags: ["visit"],
      created_at: START_SECONDS,
      schedule: { type: 1, start_time: START_SECONDS + 3600, duration: 1800, time_offset: 0 },
      url: `${sandbox.url}/c/${conference.id}`,
      webclient_url: `${sandbox.url}/webrtc/${conference.id}`,
    });
    expect(conference.rights.guest.recording).toBe(false);
    expect(conference.rights.guest.chat_send).toBe(true);
    expect(Object.keys(conference.rights.user)).toHaveLength(14);
    for (const unknown of ["pin", "waiting_room_enabled", "autoStartSpent", "createdAt"])
      expect(conference).not.toHaveProperty(unknown);
    const read = await sandbox.api("GET", `/conferences/${conference.id}`);
    expect(read.body).toEqual(body);
  });

  it.each([
    ["topic", { topic: "" }],
    ["topic", { topic: "t".repeat(241) }],
    ["owner", { owner: "o".repeat(65) }],
    ["owner", { owner: "nobody_here" }],
    ["type", { type: 2 }],
    ["schedule.type", { schedule: { type: 2 } }],
    ["schedule.start_time", { schedule: { type: 1, duration: 1800 } }],
    ["schedule.duration", { schedule: { type: 1, start_time: 1, duration: 59 } }],
    ["schedule.duration", { schedule: { type: 1, start_time: 1 } }],
    ["id", { id: "with-dash" }],
    ["id", { id: "i".repeat(129) }],
    ["rights", { rights: { chat_send: true } }],
    ["max_participants", { max_participants: 0 }],
    ["state", { state: "waiting" }],
  ])("refuses a wrong %s", async (location, fields) => {
    const sandbox = await openSandbox();
    const answer = await sandbox.api("POST", "/conferences", { ...visit(), ...fields });
    expect(answer.status).toBe(400);
    expect(answer.body.error.errors[0]).toMatchObject({ locationType: "parameter", location });
    expect((await sandbox.api("GET", "/conferences")).body.cnt).toBe(0);
  });

  it("refuses what is no JSON object", async () => {
    const sandbox = await openSandbox();
    const path = `/api/v3.11/conferences?access_token=${sandbox.token}`;
    for (const body of ["{", "[]", "null"]) {
      const headers = { "Content-Type": "application/json" };
      expect(reasonOf(await sandbox.send("POST", path, { headers, body }))).toBe("invalidBody");
    }
  });

  it("takes the owner with the server's name too, and limits by type", async () => {
    const sandbox = await openSandbox();
    const answer = await sandbox.api("POST", "/conferences", {
      ...visit(),
      owner: "clinic@server.example",
      type: 1,
    });
    expect(answer.body.conference).toMatchObject({ max_participants: 49, max_podiums: 1 });
    const roles = await sandbox.api("POST", "/conferences", { ...visit(), type: 3, max_podiums: 4 });
    expect(roles.body.conference).toMatchObject({ max_participants: 250, max_podiums: 4 });
  });

  it("keeps an id of the caller's, refuses it, or replaces it", async () => {
    const sandbox = await openSandbox();
    expect(await sandbox.create({ id: "own_id" })).toBe("own_id");
    await sandbox.set({ ownConferenceId: "refused" });
    const refused = await sandbox.api("POST", "/conferences", { ...visit(), id: "other_id" });
    expect([refused.status, refused.body.error.errors[0].location]).toEqual([400, "id"]);
    await sandbox.set({ ownConferenceId: "replaced" });
    expect(await sandbox.create({ id: "other_id" })).toMatch(/^\d{10}$/);
  });

  it("refuses an id in use by 400 or 409, or lets the new one take it", async () => {
    const sandbox = await openSandbox();
    await sandbox.create({ id: "taken", topic: "First" });
    const again = { ...visit(), id: "taken", topic: "Second" };
    const refused = await sandbox.api("POST", "/conferences", again);
    expect([refused.status, refused.body.error.errors[0]]).toMatchObject([
      400,
      { reason: "uniqueValueAlreadyInUse", locationType: "parameter", location: "id" },
    ]);
    await sandbox.set({ duplicateConferenceId: "conflict" });
    expect((await sandbox.api("POST", "/conferences", again)).status).toBe(409);
    await sandbox.set({ duplicateConferenceId: "overwritten" });
    expect((await sandbox.api("POST", "/conferences", again)).status).toBe(200);
    expect((await sandbox.api("GET", "/conferences/taken")).body.conference.topic).toBe("Second");
  });

  it.each([false, true])(
    "starts by `state` alone only if the switch says so: %s",
    async (createStartsRunning) => {
      const sandbox = await openSandbox();
      await sandbox.set({ createStartsRunning });
      const id = await sandbox.create({ state: "running" });
      const { conference } = (await sandbox.api("GET", `/conferences/${id}`)).body;
      expect(conference.state).toBe(createStartsRunning ? "running" : "stopped");
    },
  );
});

describe("running, stopping, deleting", () => {
  it("runs and stops, a slash at the end tolerated, and knows no other path", async () => {
    const sandbox = await openSandbox();
    const id = await sandbox.create();
    expect((await sandbox.api("POST", `/conferences/${id}/run/`)).body).toEqual({ state: "running" });
    expect((await sandbox.api("POST", `/conferences/${id}/stop`)).body).toEqual({ state: "stopped" });
    expect((await sandbox.api("POST", `/${id}/run`)).status).toBe(404);
    expect((await sandbox.send("POST", `/api/v3.3/conferences/${id}/run`)).status).toBe(404);
  });

  it("answers 404 conferenceNotFound for an unknown id, whatever is asked", async () => {
    const sandbox = await openSandbox();
    for (const [method, path] of [
      ["GET", ""],
      ["PUT", ""],
      ["DELETE", ""],
      ["POST", "/run"],
      ["POST", "/stop"],
      ["GET", "/calendars"],
      ["GET", "/participants"],
      ["GET", "/invitations"],
    ] as const) {
      const answer = await sandbox.api(method, `/conferences/55${path}`);
      expect([path, answer.status]).toEqual([path, 404]);
      expect(answer.body.error.errors[0]).toMatchObject({
        reason: "conferenceNotFound",
        locationType: "path",
        location: "conference_id",
      });
    }
  });

  it.each([200, 400] as const)("answers a second run and a second stop with %i", async (status) => {
    const sandbox = await openSandbox();
    await sandbox.set({ runWhenRunning: status, stopWhenStopped: status });
    const id = await sandbox.createRunning();
    expect((await sandbox.api("POST", `/conferences/${id}/run`)).status).toBe(status);
    await sandbox.api("POST", `/conferences/${id}/stop`);
    expect((await sandbox.api("POST", `/conferences/${id}/stop`)).status).toBe(status);
  });

  it("deletes with 200 and the id, or with 204 and nothing", async () => {
    const sandbox = await openSandbox();
    const first = await sandbox.create();
    const answer = await sandbox.api("DELETE", `/conferences/${first}`);
    expect([answer.status, answer.body]).toEqual([200, { id: first }]);
    await sandbox.set({ deleteStatus: 204 });
    const empty = await sandbox.api("DELETE", `/conferences/${await sandbox.create()}`);
    expect([empty.status, empty.text]).toEqual([204, ""]);
    expect((await sandbox.api("GET", "/conferences")).body.cnt).toBe(0);
  });

  it("deletes a running one, or refuses to", async () => {
    const sandbox = await openSandbox();
    await sandbox.set({ deleteWhenRunning: "refused" });
    const id = await sandbox.createRunning();
    expect((await sandbox.api("DELETE", `/conferences/${id}`)).status).toBe(400);
    await sandbox.set({ deleteWhenRunning: "stops" });
    expect((await sandbox.api("DELETE", `/conferences/${id}`)).status).toBe(200);
  });

  it("runs one at a time on a Free licence, several otherwise", async () => {
    const sandbox = await openSandbox();
    await sandbox.createRunning();
    const second = await sandbox.create();
    await sandbox.set({ singleRunningConference: true });
    const refused = await sandbox.api("POST", `/conferences/${second}/run`);
    expect([refused.status, reasonOf(refused)]).toEqual([400, "conferenceLimitReached"]);
    await sandbox.set({ singleRunningConference: false });
    expect((await sandbox.api("POST", `/conferences/${second}/run`)).status).toBe(200);
  });
});

describe("changing a conference", () => {
  it("takes the whole object; what is left out is reset, or kept", async () => {
    const sandbox = await openSandbox();
    const id = await sandbox.create({ tags: ["a"], max_participants: 2 });
    const partial = { topic: "New", description: "", owner: "clinic", type: 0 };
    await sandbox.set({ putOmittedFields: "kept" });
    const kept = (await sandbox.api("PUT", `/conferences/${id}`, partial)).body.conference;
    expect(kept).toMatchObject({ topic: "New", tags: ["a"], max_participants: 2, allow_guests: true });
    await sandbox.set({ putOmittedFields: "reset" });
    const reset = (await sandbox.api("PUT", `/conferences/${id}`, partial)).body.conference;
    expect(reset).toMatchObject({ id, tags: [], max_participants: 49, allow_guests: false });
    expect((await sandbox.api("PUT", `/conferences/${id}`, { topic: "New" })).status).toBe(400);
  });

  it("takes back what it gave", async () => {
    const sandbox = await openSandbox();
    const id = await sandbox.create({ schedule: inOneHour() });
    const { conference } = (await sandbox.api("GET", `/conferences/${id}`)).body;
    const answer = await sandbox.api("PUT", `/conferences/${id}`, { ...conference, topic: "Moved" });
    expect(answer.body.conference).toEqual({ ...conference, topic: "Moved" });
  });

  it("lets only the description change while it runs", async () => {
    const sandbox = await openSandbox();
    const id = await sandbox.createRunning({ max_participants: 2 });
    const { conference } = (await sandbox.api("GET", `/conferences/${id}`)).body;
    const described = await sandbox.api("PUT", `/conferences/${id}`, { ...conference, description: "d" });
    expect([described.status, described.body.conference.description]).toEqual([200, "d"]);
    for (const change of [{ topic: "Other" }, { allow_guests: false }, { max_participants: 3 }]) {
      const refused = await sandbox.api("PUT", `/conferences/${id}`, { ...conference, ...change });
      expect([refused.status, refused.body.error.errors[0].location]).toEqual([400, Object.keys(change)[0]]);
    }
  });
});

describe("listing conferences", () => {
  it("counts pages from 1 and filters by tag and state", async () => {
    const sandbox = await openSandbox();
    const ids: string[] = [];
    for (const tag of ["a", "a", "b"]) ids.push(await sandbox.create({ tags: [tag] }));
    await sandbox.api("POST", `/conferences/${ids[2]}/run`);
    const found = async (query: string) => {
      const { body } = await sandbox.api("GET", `/conferences?${query}`);
      return [body.cnt, body.conferences.map((one: Json) => one.id)];
    };
    expect(await found("")).toEqual([3, ids]);
    expect(await found("tag=a")).toEqual([2, ids.slice(0, 2)]);
    expect(await found("state=running")).toEqual([1, [ids[2]]]);
    expect(await found("state=stopped&page_size=1&page_id=2")).toEqual([2, [ids[1]]]);
    expect(await found("page_size=2&page_id=9")).toEqual([3, []]);
    expect((await sandbox.api("GET", "/conferences?page_id=0")).status).toBe(400);
  });
});

describe("starting by itself", () => {
  const stateOf = async (sandbox: Awaited<ReturnType<typeof openSandbox>>, id: string) =>
    (await sandbox.api("GET", `/conferences/${id}`)).body.conference.state;

  it("starts a scheduled conference at its time, after the delay, once", async () => {
    const sandbox = await openSandbox();
    await sandbox.set({ autoStartDelaySeconds: 30 });
    const id = await sandbox.create({ schedule: inOneHour() });
    sandbox.advance(3629);
    expect(await stateOf(sandbox, id)).toBe("stopped");
    sandbox.advance(1);
    expect(await stateOf(sandbox, id)).toBe("running");
    await sandbox.api("POST", `/conferences/${id}/stop`);
    expect(await stateOf(sandbox, id)).toBe("stopped");
    sandbox.advance(7200);
    expect(await stateOf(sandbox, id)).toBe("stopped");
  });

  it("does not when switched off, nor one run by hand before, nor one written too late", async () => {
    const sandbox = await openSandbox();
    const ranEarly = await sandbox.createRunning({ schedule: inOneHour() });
    await sandbox.api("POST", `/conferences/${ranEarly}/stop`);
    const waiting = await sandbox.create({ schedule: inOneHour() });
    await sandbox.set({ autoStart: false });
    sandbox.advance(3601);
    expect(await stateOf(sandbox, waiting)).toBe("stopped");
    const tooLate = await sandbox.create({ schedule: inOneHour() });
    await sandbox.set({ autoStart: true });
    expect(await stateOf(sandbox, waiting)).toBe("running");
    expect(await stateOf(sandbox, ranEarly)).toBe("stopped");
    expect(await stateOf(sandbox, tooLate)).toBe("stopped");
  });

  it("starts without anybody asking, and follows a changed schedule", async () => {
    const sandbox = await openSandbox();
    const id = await sandbox.create({ schedule: inOneHour() });
    const later = { type: 1, start_time: START_SECONDS + 7200, duration: 1800 };
    await sandbox.api("PUT", `/conferences/${id}`, { ...visit(), schedule: later });
    sandbox.advance(3601);
    expect(await stateOf(sandbox, id)).toBe("stopped");
    sandbox.advance(3600);
    await expect.poll(() => sandbox.state.conferences.find(id)?.state, { timeout: 3000 }).toBe("running");
  });

  it("leaves an empty conference running past its end", async () => {
    const sandbox = await openSandbox();
    const id = await sandbox.createRunning({ schedule: inOneHour() });
    sandbox.advance(86_400);
    expect(await stateOf(sandbox, id)).toBe("running");
  });
});

describe("calendars", () => {
  it("has the shape of v3 or of v4", async () => {
    const sandbox = await openSandbox();
    const id = await sandbox.create({ schedule: inOneHour() });
    const v3 = (await sandbox.api("GET", `/conferences/${id}/calendars`)).body.calendars;
    expect(Object.keys(v3)).toEqual(["google", "outlook", "ics"]);
    await sandbox.set({ calendars: "v4" });
    const v4 = (await sandbox.api("GET", `/conferences/${id}/calendars`)).body.calendars;
    expect(Object.keys(v4)).toEqual(["google", "other"]);
  });
});
