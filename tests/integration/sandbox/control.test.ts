import { describe, expect, it } from "vitest";
import { openSandbox } from "./harness";

describe("the controls", () => {
  it("are closed to foreign pages, foreign names and plain forms", async () => {
    const sandbox = await openSandbox();
    const body = JSON.stringify({ guestSeats: 3 });
    const put = (headers: Record<string, string>) =>
      sandbox.send("PUT", "/_sandbox/switches", { headers, body });
    const type = { "Content-Type": "application/json" };
    expect((await put({ ...type, Origin: "http://evil.example" })).status).toBe(403);
    expect((await put({ ...type, Origin: "null" })).status).toBe(403);
    expect((await put({ "Content-Type": "text/plain" })).status).toBe(400);
    expect((await put({ ...type, Origin: sandbox.url })).status).toBe(200);
    const read = await sandbox.send("GET", "/_sandbox/state", { headers: { Origin: "http://evil.example" } });
    expect(read.status).toBe(403);
  });

  it("read and set switches, refusing what is none", async () => {
    const sandbox = await openSandbox();
    const set = await sandbox.set({ guestSeats: 7, deleteStatus: 204 });
    expect(set.body).toMatchObject({ guestSeats: 7, deleteStatus: 204, autoStart: true });
    expect((await sandbox.control("GET", "/switches")).body).toEqual(set.body);
    for (const wrong of [{ unknown: true }, { deleteStatus: 500 }, { guestSeats: -1 }])
      expect((await sandbox.control("PUT", "/switches", wrong)).status).toBe(400);
    expect((await sandbox.control("GET", "/switches")).body.guestSeats).toBe(7);
  });

  it("show conferences, people and links, but no credential", async () => {
    const sandbox = await openSandbox();
    const id = await sandbox.createRunning();
    const claim = await sandbox.mint(id);
    const page = await sandbox.join(claim);
    const { resume } = await page.next("joined");
    sandbox.advance(10);
    const { body, text } = await sandbox.control("GET", "/state");
    expect(body.conferences).toMatchObject([
      {
        id,
        state: "running",
        participants: [{ kind: "guest", id: "guest_a", name: "Ann", connected: true }],
      },
    ]);
    expect(body.links).toMatchObject([{ conferenceId: id, name: "Ann", secondsLeft: 50, used: true }]);
    for (const secret of [claim.token, resume, sandbox.token]) expect(text).not.toContain(secret);
    sandbox.advance(50);
    expect((await sandbox.control("GET", "/state")).body.links).toEqual([]);
  });

  it("set, add and remove users", async () => {
    const sandbox = await openSandbox();
    await sandbox.control("PUT", "/users/doctor_one", { status: 2 });
    expect((await sandbox.api("GET", "/users/doctor_one")).body.user).toMatchObject({
      status: 2,
      login_name: "doctor_one",
    });
    await sandbox.control("PUT", "/users/nurse", { status: 1, displayName: "Nurse (Example)" });
    expect((await sandbox.api("GET", "/users/nurse")).body.user.display_name).toBe("Nurse (Example)");
    await sandbox.control("DELETE", "/users/nurse");
    expect((await sandbox.api("GET", "/users/nurse")).status).toBe(404);
    expect((await sandbox.control("PUT", "/users/doctor_one", { status: 3 })).status).toBe(400);
  });

  it("log what was asked, without tokens and secrets, and forget it", async () => {
    const sandbox = await openSandbox();
    await sandbox.control("DELETE", "/requests");
    await sandbox.send("GET", `/api/v3.11/users?page_size=3&access_token=${sandbox.token}`);
    await sandbox.api("GET", "/conferences/55");
    await sandbox.api("POST", "/conferences", { topic: 5 });
    await sandbox.requestToken({ grant_type: "none", client_secret: "a demo secret" });
    const { body, text } = await sandbox.control("GET", "/requests");
    const at = expect.any(Number);
    expect(body.requests).toEqual([
      { method: "GET", path: "/api/v3.11/users", query: { page_size: "3" }, body: "", status: 200, at },
      { method: "GET", path: "/api/v3.11/conferences/55", query: {}, body: "", status: 404, at },
      { method: "POST", path: "/api/v3.11/conferences", query: {}, body: '{"topic":5}', status: 400, at },
      { method: "POST", path: "/oauth2/v1/token", query: {}, body: "", status: 400, at },
    ]);
    expect(text).not.toContain(sandbox.token);
    expect(text).not.toContain("a demo secret");
    await sandbox.control("DELETE", "/requests");
    expect((await sandbox.control("GET", "/requests")).body.requests).toEqual([]);
  });

  it("put everything back", async () => {
    const sandbox = await openSandbox();
    const id = await sandbox.createRunning();
    const page = await sandbox.join(await sandbox.mint(id));
    await page.next("joined");
    await sandbox.set({ guestSeats: 3 });
    await sandbox.control("PUT", "/users/doctor_one", { status: 0 });
    await sandbox.control("POST", "/faults", { kind: "hang" });
    await sandbox.control("POST", "/clock", { skewMs: 1000 });
    expect((await sandbox.control("POST", "/reset")).status).toBe(204);
    expect((await page.next("closed")).reason).toBe("stopped");
    const { body } = await sandbox.control("GET", "/state");
    expect(body).toMatchObject({
      skewMs: 0,
      conferences: [],
      links: [],
      faults: [],
      switches: { guestSeats: 20 },
    });
    expect((await sandbox.api("GET", "/users")).status).toBe(403);
    await sandbox.renewToken();
    expect((await sandbox.api("GET", "/users/doctor_one")).body.user.status).toBe(1);
  });
});
