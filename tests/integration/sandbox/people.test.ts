import { describe, expect, it } from "vitest";
import { type Json, openSandbox, reasonOf, START_SECONDS } from "./harness";

describe("participants", () => {
  it("lists who is inside at this moment", async () => {
    const sandbox = await openSandbox();
    const id = await sandbox.createRunning();
    const list = async () => (await sandbox.api("GET", `/conferences/${id}/participants`)).body.participants;
    expect(await list()).toEqual([]);
    const page = await sandbox.join(await sandbox.mint(id));
    await page.next("joined");
    const owner = await sandbox.join(await sandbox.mint(id, "clinic"));
    await owner.next("joined");
    expect(await list()).toEqual([
      { id: "guest_a", uid: "guest_a@127.0.0.1", display_name: "Ann", join_time: START_SECONDS, is_owner: 0 },
      expect.objectContaining({ id: "clinic", is_owner: 1 }),
    ]);
    page.send({ type: "leave" });
    await page.closed;
    expect(await list()).toHaveLength(1);
  });

  it("appear when called while online, and not when the doctor does not answer", async () => {
    const sandbox = await openSandbox();
    const invitations = [{ id: "clinic" }, { id: "doctor_one" }, { id: "doctor_three" }, { id: "#tel:1" }];
    const inside = async (id: string) =>
      (await sandbox.api("GET", `/conferences/${id}/participants`)).body.participants.map(
        (one: Json) => one.id,
      );
    const id = await sandbox.createRunning({ invitations });
    expect(await inside(id)).toEqual(["doctor_one"]);
    const status = async () => (await sandbox.api("GET", "/users/doctor_one")).body.user.status;
    expect(await status()).toBe(2);
    await sandbox.api("POST", `/conferences/${id}/stop`);
    expect(await status()).toBe(1);

    await sandbox.set({ usersAnswer: false });
    expect(await inside(await sandbox.createRunning({ invitations }))).toEqual([]);
    await sandbox.set({ usersAnswer: true, answerDelaySeconds: 1 });
    const later = await sandbox.createRunning({ invitations });
    expect(await inside(later)).toEqual([]);
    await expect.poll(() => inside(later), { timeout: 3000 }).toEqual(["doctor_one"]);
  });

  it("takes the owner's status to 5, and calls nobody beyond the limit", async () => {
    const sandbox = await openSandbox();
    await sandbox.control("PUT", "/users/clinic", { status: 1 });
    const invitations = [{ id: "clinic" }, { id: "doctor_one" }];
    await sandbox.createRunning({ invitations, max_participants: 1 });
    expect((await sandbox.api("GET", "/users/clinic")).body.user.status).toBe(5);
    expect((await sandbox.api("GET", "/users/doctor_one")).body.user.status).toBe(1);
  });

  it("can be called into a running conference by either method", async () => {
    const sandbox = await openSandbox();
    const id = await sandbox.createRunning();
    const path = `/conferences/${id}`;
    expect((await sandbox.api("POST", `${path}/participants`, { participant_id: "doctor_one" })).status).toBe(
      200,
    );
    expect(
      (await sandbox.api("POST", `${path}/invite`, { participants: ["doctor_two@127.0.0.1"] })).status,
    ).toBe(200);
    const unknown = await sandbox.api("POST", `${path}/participants`, { participant_id: "nobody_here" });
    expect([unknown.status, reasonOf(unknown)]).toEqual([404, "userNotFound"]);
    expect((await sandbox.api("GET", `${path}/participants`)).body.participants).toHaveLength(2);
    await sandbox.api("POST", `${path}/stop`);
    const late = await sandbox.api("POST", `${path}/participants`, { participant_id: "doctor_one" });
    expect([late.status, reasonOf(late)]).toEqual([400, "conferenceNotRunning"]);
  });
});

describe("invitations", () => {
  it("are listed, added, read, renamed and taken back", async () => {
    const sandbox = await openSandbox();
    const path = `/conferences/${await sandbox.create()}/invitations`;
    const added = await sandbox.api("POST", path, { id: "#tel:100", display_name: "Desk" });
    expect(added.body.invitation).toMatchObject({
      id: "#tel:100",
      display_name: "Desk",
      is_owner: 0,
      type: "custom",
    });
    const { invitations } = (await sandbox.api("GET", path)).body;
    expect(invitations.map((one: Json) => [one.id, one.type, one.is_owner])).toEqual([
      ["clinic", "user", 1],
      ["#tel:100", "custom", 0],
    ]);
    const one = `${path}/${encodeURIComponent("#tel:100")}`;
    expect((await sandbox.api("PUT", one, { display_name: "Nurse" })).body.invitation.display_name).toBe(
      "Nurse",
    );
    expect((await sandbox.api("GET", one)).body.invitation.display_name).toBe("Nurse");
    expect((await sandbox.api("DELETE", one)).body).toEqual({ id: "#tel:100" });
    expect((await sandbox.api("GET", one)).status).toBe(404);
  });
});

describe("users and groups", () => {
  it("counts pages from 0 and ends with -1", async () => {
    const sandbox = await openSandbox();
    const first = (await sandbox.api("GET", "/users?page_size=3")).body;
    const second = (await sandbox.api("GET", "/users?page_size=3&page_id=1")).body;
    expect([first.users.length, first.next_page_id]).toEqual([3, 1]);
    expect([second.users.length, second.next_page_id]).toEqual([1, -1]);
    expect((await sandbox.api("GET", "/users?login_name=clinic")).body.users).toHaveLength(1);
    expect((await sandbox.api("GET", "/users?display_name=Two")).body.users).toHaveLength(1);
  });

  it("reads one user by either form of the id", async () => {
    const sandbox = await openSandbox();
    for (const id of ["doctor_one", "doctor_one@127.0.0.1"]) {
      const { user } = (await sandbox.api("GET", `/users/${id}`)).body;
      expect(user).toMatchObject({ id: "doctor_one", status: 1, is_active: 1, groups: [{ id: "1" }] });
    }
    const unknown = await sandbox.api("GET", "/users/nobody_here");
    expect([unknown.status, reasonOf(unknown)]).toEqual([404, "userNotFound"]);
  });

  it("reads a group and its users", async () => {
    const sandbox = await openSandbox();
    expect((await sandbox.api("GET", "/groups")).body.groups).toEqual([
      { id: "1", display_name: "Doctors on call" },
    ]);
    const { users } = (await sandbox.api("GET", "/groups/1/users")).body;
    expect(users.map((one: Json) => one.status)).toEqual([1, 1, 0]);
    expect((await sandbox.api("GET", "/groups/9/users")).status).toBe(404);
  });
});

describe("the log of calls", () => {
  it("shows a running call without an end, who came when, and outlives the conference", async () => {
    const sandbox = await openSandbox();
    const id = await sandbox.createRunning();
    const page = await sandbox.join(await sandbox.mint(id));
    await page.next("joined");
    const calls = async () => (await sandbox.api("GET", `/logs/calls?named_conf_id=${id}`)).body;
    const running = await calls();
    expect(running.cnt).toBe(1);
    expect(running.list[0]).toMatchObject({
      named_conf_id: id,
      class: 2,
      participant_count: 1,
      end_time: null,
    });
    expect(running.list[0].conference_id).toMatch(/^[0-9a-f]{8}@.+#vcs$/);
    expect(running.list[0].start_time).toEqual({
      date: "2027-01-01 09:00:00.000000",
      timezone_type: 3,
      timezone: "UTC",
    });
    sandbox.advance(90);
    page.send({ type: "leave" });
    await page.closed;
    sandbox.advance(10);
    await sandbox.api("DELETE", `/conferences/${id}`);
    const [ended] = (await calls()).list;
    expect([ended.duration, ended.end_time.date]).toEqual([100, "2027-01-01 09:01:40.000000"]);
    const session = encodeURIComponent(ended.conference_id);
    const people = (await sandbox.api("GET", `/logs/calls/${session}/participants`)).body;
    expect(people.list).toMatchObject([{ call_id: "guest_a", display_name: "Ann", duration: 90 }]);
    expect((await sandbox.api("GET", "/logs/calls/unknown/participants")).status).toBe(404);
  });

  it("sorts and pages", async () => {
    const sandbox = await openSandbox();
    const ids: string[] = [];
    for (let count = 0; count < 3; count++) {
      ids.push(await sandbox.createRunning());
      sandbox.advance(1);
    }
    await sandbox.api("POST", `/conferences/${ids[1]}/stop`);
    const found = async (query: string) =>
      (await sandbox.api("GET", `/logs/calls?${query}`)).body.list.map((one: Json) =>
        ids.indexOf(one.named_conf_id),
      );
    expect(await found("sort_field=start_time&sort_order=1")).toEqual([2, 1, 0]);
    expect((await found("sort_field=end_time"))[0]).toBe(1);
    expect(await found("page_size=2&page_id=2")).toEqual([2]);
  });

  it("ends the session of a virtual room, never run, when the last one leaves", async () => {
    const sandbox = await openSandbox();
    const id = await sandbox.create();
    const page = await sandbox.join(await sandbox.mint(id));
    await page.next("joined");
    page.send({ type: "leave" });
    await page.closed;
    expect((await sandbox.api("GET", "/logs/calls")).body.list[0].end_time).not.toBeNull();
  });
});
