import { describe, expect, it } from "vitest";
import { inOneHour, openSandbox } from "./harness";

describe("pages for people", () => {
  it("shows the state, escaped, under a strict policy, framed by nobody", async () => {
    const sandbox = await openSandbox();
    const id = await sandbox.createRunning({ topic: "<script>alert(1)</script>" });
    await sandbox.mint(id, "2$guest_a*A & B");
    const page = await sandbox.send("GET", "/");
    expect(page.text).toContain("SANDBOX");
    expect(page.text).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
    expect(page.text).toContain("A &amp; B");
    expect(page.text).toContain("60 s left");
    const policy = page.headers.get("Content-Security-Policy");
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    for (const [, file] of page.text.matchAll(/(?:href|src)="(\/_status\/[^"]+)"/g))
      expect((await sandbox.send("GET", file ?? "")).status).toBe(200);
  });

  it("frames the call page in the portal only, and gives it the devices", async () => {
    const sandbox = await openSandbox({ portalOrigins: ["http://localhost:3000", "https://portal.example"] });
    const id = await sandbox.create();
    const page = await sandbox.send("GET", `/webrtc/${id}`);
    expect(page.status).toBe(200);
    expect(page.text).toContain("SANDBOX");
    expect(page.headers.get("Content-Security-Policy")).toMatch(
      /frame-ancestors http:\/\/localhost:3000 https:\/\/portal\.example$/,
    );
    expect(page.headers.get("Permissions-Policy")).toContain(
      "camera=(self), microphone=(self), display-capture=(self)",
    );
    expect(page.headers.get("Cache-Control")).toBe("no-store");
  });

  it("leads from a conference's address to its page", async () => {
    const sandbox = await openSandbox();
    const id = await sandbox.create();
    const answer = await sandbox.send("GET", `/c/${id}`);
    expect([answer.status, answer.headers.get("Location")]).toEqual([302, `/webrtc/${id}`]);
    expect((await sandbox.send("GET", "/c/unknown")).status).toBe(404);
  });

  it("hands out the calendar file that it links to", async () => {
    const sandbox = await openSandbox();
    const id = await sandbox.create({ schedule: inOneHour(), topic: "Visit, first" });
    const { calendars } = (await sandbox.api("GET", `/conferences/${id}/calendars`)).body;
    expect(calendars.google).toContain("dates=20270101T100000Z%2F20270101T103000Z");
    const file = await sandbox.send("GET", new URL(calendars.ics).pathname);
    expect(file.headers.get("Content-Type")).toBe("text/calendar; charset=utf-8");
    expect(file.text).toContain(
      "DTSTART:20270101T100000Z\r\nDTEND:20270101T103000Z\r\nSUMMARY:Visit\\, first\r\n",
    );
  });

  it("serves no file but its own", async () => {
    const sandbox = await openSandbox();
    for (const path of ["/_status/status.ts", "/_status/..%2Fapp.ts", "/_status/none.css", "/_call/page.ts"])
      expect([path, (await sandbox.send("GET", path)).status]).toEqual([path, 404]);
  });
});

describe("every answer", () => {
  it("says that it is the sandbox's", async () => {
    const sandbox = await openSandbox();
    for (const path of [
      "/",
      "/api/v4/server",
      "/api/v3.11/users",
      "/nowhere",
      "/_sandbox/state",
      "/_status/status.css",
    ])
      expect([path, (await sandbox.send("GET", path)).headers.get("X-TrueConf-Sandbox")]).toEqual([
        path,
        "1",
      ]);
  });

  it("tells its product without a token", async () => {
    const sandbox = await openSandbox();
    const { status, body } = await sandbox.send("GET", "/api/v4/server");
    expect(status).toBe(200);
    expect(Object.keys(body)).toEqual(["product", "links", "web_config"]);
    expect(body.web_config.url).toBe(sandbox.url);
  });
});
