import { describe, expect, it } from "vitest";
import { inOneHour, openPage, openSandbox, type TestSandbox } from "./harness";

const refusalOf = async (
  sandbox: TestSandbox,
  claim: { conference: string; login: string; token: string },
) => {
  const page = await sandbox.join(claim);
  const { reason } = await page.next("refused");
  await page.closed;
  return reason;
};
const enter = async (sandbox: TestSandbox, id: string, user?: string) => {
  const page = await sandbox.join(await sandbox.mint(id, user));
  return { ...page, joined: await page.next("joined") };
};
const ANN = "2$guest_a*Ann";
const BOB = "2$guest_b*Bob";

describe("entering", () => {
  it("introduces everybody to everybody, and passes their messages on", async () => {
    const sandbox = await openSandbox();
    const id = await sandbox.createRunning();
    const ann = await enter(sandbox, id, ANN);
    expect(ann.joined).toMatchObject({ self: { name: "Ann" }, peers: [], topic: "Visit" });
    const bob = await enter(sandbox, id, BOB);
    expect(bob.joined.peers).toMatchObject([{ id: ann.joined.self.id, name: "Ann" }]);
    expect((await ann.next("peer-joined")).peer).toMatchObject({ id: bob.joined.self.id, name: "Bob" });

    const data = { sdp: "v=0", nested: [1, null] };
    bob.send({ type: "signal", to: ann.joined.self.id, data });
    expect(await ann.next("signal")).toEqual({ type: "signal", from: bob.joined.self.id, data });

    ann.send({ type: "media", audio: true, video: false, screen: false });
    expect(await bob.next("media")).toEqual({
      type: "media",
      from: ann.joined.self.id,
      audio: true,
      video: false,
      screen: false,
    });
    const cleo = await enter(sandbox, id, "$Cleo");
    expect(cleo.joined.peers[0].media).toEqual({ audio: true, video: false, screen: false });

    ann.send({ type: "leave" });
    expect(await ann.closed).toBe(1000);
    expect(await bob.next("peer-left")).toEqual({ type: "peer-left", id: ann.joined.self.id });
  });

  it("passes nothing from one conference to another", async () => {
    const sandbox = await openSandbox();
    const ann = await enter(sandbox, await sandbox.createRunning(), ANN);
    const other = await enter(sandbox, await sandbox.createRunning(), BOB);
    other.send({ type: "signal", to: ann.joined.self.id, data: "x" });
    other.send({ type: "leave" });
    await other.closed;
    expect(ann.inbox).toEqual([]);
  });

  it("knows a late, forged, foreign or mismatched credential by loginFail", async () => {
    const sandbox = await openSandbox();
    const id = await sandbox.createRunning();
    const other = await sandbox.createRunning();
    const claim = await sandbox.mint(id);
    expect(await refusalOf(sandbox, { ...claim, token: `${claim.token.slice(0, -1)}x` })).toBe("loginFail");
    expect(await refusalOf(sandbox, { ...claim, login: "*guest*someone" })).toBe("loginFail");
    expect(await refusalOf(sandbox, { ...claim, conference: other })).toBe("loginFail");
    sandbox.advance(59);
    await (await sandbox.join(claim)).next("joined");
    sandbox.advance(1);
    expect(await refusalOf(sandbox, claim)).toBe("loginFail");
    const gone = await sandbox.mint(id);
    await sandbox.api("DELETE", `/conferences/${id}`);
    expect(await refusalOf(sandbox, gone)).toBe("loginFail");
  });

  it("takes a link again within its minute, or once only", async () => {
    const sandbox = await openSandbox();
    const id = await sandbox.createRunning();
    const again = await sandbox.mint(id);
    for (let time = 0; time < 2; time++) await (await sandbox.join(again)).next("joined");
    await sandbox.set({ singleUseLinks: true });
    const once = await sandbox.mint(id);
    await (await sandbox.join(once)).next("joined");
    expect(await refusalOf(sandbox, once)).toBe("loginFail");
  });

  it("lets guests into a scheduled conference only after its start, its owner before, and all into a virtual room", async () => {
    const sandbox = await openSandbox();
    const scheduled = await sandbox.create({ schedule: inOneHour() });
    expect(await refusalOf(sandbox, await sandbox.mint(scheduled))).toBe("not_started");
    expect(await refusalOf(sandbox, await sandbox.mint(scheduled, "doctor_one"))).toBe("not_started");
    expect((await enter(sandbox, scheduled, "clinic")).joined.self.name).toMatch(/^Clinic/);
    await sandbox.api("POST", `/conferences/${scheduled}/run`);
    await enter(sandbox, scheduled, ANN);

    const room = await sandbox.create();
    await enter(sandbox, room, ANN);
    expect((await sandbox.api("GET", `/conferences/${room}`)).body.conference.state).toBe("stopped");
  });

  it("keeps guests out where none are allowed", async () => {
    const sandbox = await openSandbox();
    const closed = await sandbox.createRunning({ allow_guests: false });
    expect(await refusalOf(sandbox, await sandbox.mint(closed))).toBe("guests_not_allowed");
    await enter(sandbox, closed, "doctor_one");
    const planned = await sandbox.createRunning({ allow_only_planned_participants: true });
    expect(await refusalOf(sandbox, await sandbox.mint(planned))).toBe("not_planned");
    await sandbox.set({ plannedOnlyBlocksGuests: false });
    await enter(sandbox, planned, ANN);
  });

  it("has as many guest seats as the licence, in all conferences together, one by default", async () => {
    const sandbox = await openSandbox({ guestSeats: undefined });
    const [first, second] = [await sandbox.createRunning(), await sandbox.createRunning()];
    const ann = await enter(sandbox, first, ANN);
    expect(await refusalOf(sandbox, await sandbox.mint(second, BOB))).toBe("no_seat");
    await enter(sandbox, first, "doctor_one");
    ann.send({ type: "leave" });
    await ann.closed;
    await enter(sandbox, second, BOB);
    await sandbox.set({ guestSeats: 2 });
    await enter(sandbox, first, ANN);
  });

  it("is full at max_participants", async () => {
    const sandbox = await openSandbox();
    const id = await sandbox.createRunning({ max_participants: 2 });
    await enter(sandbox, id, ANN);
    const bob = await enter(sandbox, id, BOB);
    expect(await refusalOf(sandbox, await sandbox.mint(id, "$Cleo"))).toBe("full");
    bob.send({ type: "leave" });
    await bob.closed;
    await enter(sandbox, id, "$Cleo");
  });

  it("lets the same guest replace themselves, even in the last seat, or refuses it", async () => {
    const sandbox = await openSandbox({ guestSeats: 2 });
    const id = await sandbox.createRunning({ max_participants: 2 });
    const bob = await enter(sandbox, id, BOB);
    const first = await enter(sandbox, id, ANN);
    const second = await enter(sandbox, id, ANN);
    expect(await first.next("closed")).toEqual({ type: "closed", reason: "replaced" });
    expect(await bob.next("peer-left")).toEqual({ type: "peer-left", id: first.joined.self.id });
    expect(second.joined.self.id).not.toBe(first.joined.self.id);
    await sandbox.set({ sameGuestId: "refused" });
    expect(await refusalOf(sandbox, await sandbox.mint(id, ANN))).toBe("already_joined");
  });
});

describe("staying", () => {
  it("closes everybody's page when the conference is stopped or deleted", async () => {
    const sandbox = await openSandbox();
    const id = await sandbox.createRunning();
    const ann = await enter(sandbox, id, ANN);
    await sandbox.api("POST", `/conferences/${id}/stop`);
    expect(await ann.next("closed")).toEqual({ type: "closed", reason: "stopped" });
    expect(await ann.closed).toBe(1000);
    const bob = await enter(sandbox, id, BOB);
    await sandbox.api("DELETE", `/conferences/${id}`);
    expect((await bob.next("closed")).reason).toBe("stopped");
  });

  it("lets a dropped connection back into its place, unseen by the others, however old the token", async () => {
    const sandbox = await openSandbox();
    const id = await sandbox.createRunning();
    const bob = await enter(sandbox, id, BOB);
    const claim = await sandbox.mint(id, ANN);
    const page = await sandbox.join(claim);
    const { self, resume } = await page.next("joined");
    page.send({ type: "media", audio: true, video: true, screen: false });
    await bob.next("media");
    await sandbox.control("POST", "/connections/drop");
    await page.closed;
    sandbox.advance(600);
    const back = await sandbox.join({ ...claim, resume });
    expect((await back.next("joined")).self).toEqual(self);
    expect(bob.inbox.filter(({ type }) => type === "peer-left")).toEqual([]);
    const forged = await sandbox.join({ ...claim, resume: "x" });
    expect((await forged.next("refused")).reason).toBe("loginFail");
  });

  it("lets a page resume whose old connection is not known to be dead yet", async () => {
    const sandbox = await openSandbox();
    const id = await sandbox.createRunning();
    const claim = await sandbox.mint(id);
    const first = await sandbox.join(claim);
    const { self, resume } = await first.next("joined");
    const second = await sandbox.join({ ...claim, resume });
    expect((await second.next("joined")).self).toEqual(self);
    await first.closed;
    second.send({ type: "leave" });
    await second.closed;
    expect(sandbox.state.rooms.list()).toEqual([]);
  });

  it("gives the place up after the grace, at once when the page goes away", async () => {
    const sandbox = await openSandbox();
    await sandbox.set({ reconnectGraceSeconds: 0 });
    const id = await sandbox.createRunning();
    const bob = await enter(sandbox, id, BOB);
    const ann = await enter(sandbox, id, ANN);
    ann.socket.terminate();
    expect((await bob.next("peer-left")).id).toBe(ann.joined.self.id);
    await sandbox.set({ reconnectGraceSeconds: 600 });
    const again = await enter(sandbox, id, ANN);
    again.socket.close(1001);
    expect((await bob.next("peer-left")).id).toBe(again.joined.self.id);
  });

  it("keeps the seat of a dropped guest, who may come by a new link even if doubles are refused", async () => {
    const sandbox = await openSandbox({ guestSeats: 1 });
    await sandbox.set({ sameGuestId: "refused" });
    const id = await sandbox.createRunning();
    const ann = await enter(sandbox, id, ANN);
    ann.socket.terminate();
    await expect.poll(() => sandbox.state.rooms.list()[0]?.channel).toBeUndefined();
    expect(await refusalOf(sandbox, await sandbox.mint(id, BOB))).toBe("no_seat");
    await enter(sandbox, id, ANN);
  });
});

describe("speaking out of turn", () => {
  it.each([
    ["no JSON", "{"],
    ["an unknown message", JSON.stringify({ type: "admin" })],
    ["a message without its fields", JSON.stringify({ type: "join" })],
  ])("ends a connection that sends %s", async (_, text) => {
    const sandbox = await openSandbox();
    const page = await openPage(sandbox.url);
    page.socket.send(text);
    expect(await page.closed).toBe(1008);
  });

  it("ends a connection that joins twice, or sends too much", async () => {
    const sandbox = await openSandbox();
    const id = await sandbox.createRunning();
    const ann = await enter(sandbox, id, ANN);
    ann.send({ type: "join", ...(await sandbox.mint(id, ANN)) });
    expect(await ann.closed).toBe(1008);
    const bob = await enter(sandbox, id, BOB);
    bob.send({ type: "signal", to: "x", data: "d".repeat(300_000) });
    expect(await bob.closed).not.toBe(1000);
  });

  it("does not listen before a join", async () => {
    const sandbox = await openSandbox();
    const id = await sandbox.createRunning();
    const ann = await enter(sandbox, id, ANN);
    const stranger = await openPage(sandbox.url);
    stranger.send({ type: "signal", to: ann.joined.self.id, data: "x" });
    stranger.send({ type: "join", conference: id, login: "x", token: "x" });
    await stranger.next("refused");
    expect(ann.inbox).toEqual([]);
  });

  it("serves its own pages only", async () => {
    const sandbox = await openSandbox();
    await expect(openPage(sandbox.url, { Origin: "http://evil.example" })).rejects.toThrow("403");
    const own = await openPage(sandbox.url, { Origin: sandbox.url });
    own.socket.close();
  });
});
