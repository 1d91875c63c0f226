import { describe, expect, it } from "vitest";
import { openSandbox, reasonOf, visit } from "./harness";

const causeOf = async (broken: Promise<unknown>): Promise<unknown> => {
  const error = await broken.then(
    () => undefined,
    (reason: Error) => reason,
  );
  return (error?.cause as { code?: string } | undefined)?.code;
};

describe("faults", () => {
  it("delay an answer", async () => {
    const sandbox = await openSandbox();
    await sandbox.control("POST", "/faults", { kind: "latency", ms: 300, match: { path: "/users" } });
    const since = performance.now();
    expect((await sandbox.api("GET", "/users")).status).toBe(200);
    expect(performance.now() - since).toBeGreaterThan(290);
  });

  it("answer with a proxy's page and do nothing", async () => {
    const sandbox = await openSandbox();
    await sandbox.control("POST", "/faults", { kind: "html500", times: 1 });
    const answer = await sandbox.api("POST", "/conferences", visit());
    expect([answer.status, answer.headers.get("Content-Type")]).toEqual([500, "text/html; charset=UTF-8"]);
    expect(answer.headers.get("X-TrueConf-Sandbox")).toBe("1");
    expect((await sandbox.api("GET", "/conferences")).body.cnt).toBe(0);
  });

  it("break the connection before, or after it is done", async () => {
    const sandbox = await openSandbox();
    for (const [kind, count] of [
      ["reset", 0],
      ["loseAnswer", 1],
    ] as const) {
      await sandbox.control("POST", "/faults", { kind, times: 1, match: { method: "POST" } });
      expect(await causeOf(sandbox.api("POST", "/conferences", visit()))).toBe("ECONNRESET");
      expect((await sandbox.api("GET", "/conferences")).body.cnt).toBe(count);
    }
  });

  it("never answer", async () => {
    const sandbox = await openSandbox();
    await sandbox.control("POST", "/faults", { kind: "hang", times: 1 });
    const signal = AbortSignal.timeout(300);
    await expect(fetch(`${sandbox.url}/api/v4/server`, { signal })).rejects.toThrow();
    expect((await sandbox.send("GET", "/api/v4/server")).status).toBe(200);
  });

  it("do not keep the sandbox from stopping", async () => {
    const sandbox = await openSandbox();
    await sandbox.control("POST", "/faults", { kind: "hang" });
    const hanging = fetch(`${sandbox.url}/api/v4/server`).catch(() => "broken");
    await expect.poll(() => sandbox.state.requests.list().at(-1)?.path).toBe("/api/v4/server");
    await sandbox.stop();
    expect(await hanging).toBe("broken");
  });

  it("break an answer off in the middle, after doing what was asked", async () => {
    const sandbox = await openSandbox();
    await sandbox.control("POST", "/faults", { kind: "malformed", times: 1 });
    const answer = await sandbox.api("POST", "/conferences", visit());
    expect([answer.status, answer.body]).toEqual([200, undefined]);
    expect(answer.text).toMatch(/^\{"conference"/);
    expect((await sandbox.api("GET", "/conferences")).body.cnt).toBe(1);
  });

  it("send guests to another server", async () => {
    const sandbox = await openSandbox();
    const id = await sandbox.create();
    await sandbox.control("POST", "/faults", { kind: "foreignWebUrl", times: 1 });
    await sandbox.api("GET", "/users");
    const { text } = await sandbox.clients(id, "2$guest_a*Ann");
    expect(text).toContain("https:\\/\\/elsewhere.invalid\\/webrtc\\/");
    expect((await sandbox.clients(id, "2$guest_a*Ann")).text).not.toContain("elsewhere");
  });

  it("match by method, part of the path, or pattern, and strike as often as ordered", async () => {
    const sandbox = await openSandbox();
    const id = await sandbox.create();
    const statusOf = async (method: string, path: string) => (await sandbox.api(method, path)).status;
    await sandbox.control("POST", "/faults", {
      kind: "html500",
      match: { method: "POST", pattern: "/conferences/[^/]+/run$" },
      times: 2,
    });
    expect(await statusOf("GET", `/conferences/${id}`)).toBe(200);
    const runs = [];
    for (let time = 0; time < 3; time++) runs.push(await statusOf("POST", `/conferences/${id}/run`));
    expect(runs).toEqual([500, 500, 200]);
  });

  it("add up: every latency, and the first fault of another kind", async () => {
    const sandbox = await openSandbox();
    for (const fault of [{ kind: "html500" }, { kind: "latency", ms: 100 }, { kind: "latency", ms: 100 }])
      await sandbox.control("POST", "/faults", { ...fault, times: 1 });
    const since = performance.now();
    expect((await sandbox.api("GET", "/users")).status).toBe(500);
    expect((await sandbox.api("GET", "/users")).status).toBe(200);
    expect(performance.now() - since).toBeGreaterThan(190);
  });

  it("are listed and taken away, and never hit the controls", async () => {
    const sandbox = await openSandbox();
    const { fault } = (await sandbox.control("POST", "/faults", { kind: "reset" })).body;
    await sandbox.control("POST", "/faults", { kind: "hang" });
    const list = async () => (await sandbox.control("GET", "/faults")).body.faults;
    expect(await list()).toHaveLength(2);
    expect((await sandbox.control("DELETE", `/faults/${fault.id}`)).status).toBe(204);
    expect((await sandbox.control("DELETE", `/faults/${fault.id}`)).status).toBe(404);
    expect(await list()).toMatchObject([{ kind: "hang" }]);
    expect((await sandbox.send("GET", "/")).status).toBe(200);
    await sandbox.control("DELETE", "/faults");
    expect(await list()).toEqual([]);
  });

  it.each([
    { kind: "fire" },
    { kind: "latency" },
    { kind: "reset", match: { pattern: "(" } },
    { kind: "reset", times: 0 },
    { kind: "reset", extra: true },
  ])("are refused when misspelt: %o", async (order) => {
    const sandbox = await openSandbox();
    expect((await sandbox.control("POST", "/faults", order)).status).toBe(400);
  });
});

describe("a wrong clock", () => {
  it("moves every limit of time, and shows in the Date header", async () => {
    const sandbox = await openSandbox();
    const id = await sandbox.createRunning();
    const claim = await sandbox.mint(id);
    const moved = await sandbox.control("POST", "/clock", { skewMs: 61_000 });
    expect(moved.headers.get("Date")).toBe("Fri, 01 Jan 2027 09:00:00 GMT");
    expect((await sandbox.control("GET", "/state")).headers.get("Date")).toBe(
      "Fri, 01 Jan 2027 09:01:01 GMT",
    );
    expect((await (await sandbox.join(claim)).next("refused")).reason).toBe("loginFail");
    await sandbox.control("POST", "/clock", { skewMs: 604_800_000 });
    expect(reasonOf(await sandbox.api("GET", "/users"))).toBe("accessTokenInvalid");
  });
});
