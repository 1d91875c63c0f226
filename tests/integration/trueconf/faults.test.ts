import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import type { TrueConfResult } from "@/lib/trueconf/errors";
import { guest, openStand, type Stand, tomorrow } from "./server";

let stands: Stand[] = [];
const open = async (...args: Parameters<typeof openStand>) => {
  const stand = await openStand(...args);
  stands.push(stand);
  return stand;
};
afterEach(async () => {
  await Promise.all(stands.map(({ sandbox }) => sandbox.stop()));
  stands = [];
});

const errorOf = (result: TrueConfResult<unknown>) => (result.ok ? "ok" : result.error);
const certificate = (name: string) =>
  fileURLToPath(new URL(`../sandbox/loopback-${name}.pem`, import.meta.url));

async function order({ sandbox }: Stand, fault: object): Promise<void> {
  const answer = await fetch(`${sandbox.url}/_sandbox/faults`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(fault),
  });
  if (!answer.ok) throw new Error(await answer.text());
}

describe("the token", () => {
  it("is asked for once by many, and renewed once when the server drops it", async () => {
    const stand = await open();
    await Promise.all(Array.from({ length: 5 }, () => stand.client.listConferences()));
    expect(stand.requests().filter((line) => line.includes("token"))).toHaveLength(1);
    stand.sandbox.state.tokens.expireAll();
    expect(errorOf(await stand.client.getUser("clinic"))).toBe("ok");
    expect(stand.requests()).toEqual(["GET /users/clinic", "POST /oauth2/v1/token", "GET /users/clinic"]);
  });

  it.each([400, 401] as const)("refused by %i is a matter of the credentials", async (tokenFailureStatus) => {
    const stand = await open({}, { credentials: { clientId: "contract", clientSecret: "wrong" } });
    stand.sandbox.state.switches.tokenFailureStatus = tokenFailureStatus;
    expect(errorOf(await stand.client.listConferences())).toEqual({ kind: "unauthorized", retry: "never" });
  });

  it("may be the server's secret key", async () => {
    const stand = await open(
      { secretKey: "demo-secret-key" },
      { credentials: { secretKey: "demo-secret-key" } },
    );
    expect(errorOf(await stand.client.listConferences())).toBe("ok");
    expect(stand.requests()).toEqual(["GET /conferences"]);
  });

  it("without a scope is told from one that ended", async () => {
    const stand = await open();
    stand.sandbox.state.switches.grantedScopes = ["users:read"];
    expect(errorOf(await stand.client.ensureConference(tomorrow()))).toEqual({
      kind: "forbidden",
      retry: "never",
    });
  });
});

describe("a server that fails", () => {
  it.each([
    ["html500", "server_error"],
    ["malformed", "malformed"],
    ["reset", "unreachable"],
  ])("%s: read three times, then said", async (kind, expected) => {
    const stand = await open();
    await stand.client.listConferences();
    stand.requests();
    await order(stand, { kind, match: { path: "/conferences" } });
    expect(errorOf(await stand.client.listConferences())).toMatchObject({ kind: expected });
    expect(stand.requests()).toEqual(Array(3).fill("GET /conferences"));
  });

  it("that fails once is not noticed", async () => {
    const stand = await open();
    await order(stand, { kind: "reset", match: { path: "/conferences" }, times: 1 });
    expect(errorOf(await stand.client.listConferences())).toBe("ok");
  });

  it("that does not answer is left after the time limit", async () => {
    const stand = await open({}, { timeoutMs: 150 });
    await stand.client.listConferences();
    await order(stand, { kind: "hang", match: { path: "/run" } });
    expect(errorOf(await stand.client.runConference("x".repeat(32)))).toMatchObject({ kind: "timeout" });
  });

  it("for long is left alone, and people are told at once", async () => {
    let now = Date.now();
    const stand = await open({}, { now: () => now });
    await order(stand, { kind: "html500", match: { path: "/users" } });
    for (let n = 0; n < 2; n += 1) await stand.client.getUser("clinic");
    stand.requests();
    expect(errorOf(await stand.client.getUser("clinic"))).toEqual({ kind: "circuit_open", retry: "safe" });
    expect(stand.requests()).toEqual([]);
    await fetch(`${stand.sandbox.url}/_sandbox/faults`, {
      method: "DELETE",
      headers: { "Content-Type": "application/json" },
    });
    now += 10_001;
    expect(errorOf(await stand.client.getUser("clinic"))).toBe("ok");
  });

  it("is not there", async () => {
    const stand = await open();
    await stand.client.listConferences();
    await stand.sandbox.stop();
    stands = [];
    expect(errorOf(await stand.client.listConferences())).toMatchObject({ kind: "unreachable" });
  });
});

describe("an answer that was lost", () => {
  it("leaves one conference, not two", async () => {
    const stand = await open();
    await order(stand, { kind: "loseAnswer", match: { method: "POST", path: "/conferences" }, times: 1 });
    expect(errorOf(await stand.client.ensureConference(tomorrow()))).toBe("ok");
    expect(stand.sandbox.state.conferences.list()).toHaveLength(1);
  });

  it.each(["/run", "/stop"])("to %s does no harm", async (path) => {
    const stand = await open();
    const conference = tomorrow();
    await stand.client.ensureConference(conference);
    await order(stand, { kind: "loseAnswer", match: { path }, times: 1 });
    const call = path === "/run" ? stand.client.runConference : stand.client.stopConference;
    expect(errorOf(await call(conference.id))).toBe("ok");
  });
});

describe("a minted link", () => {
  it("that leads elsewhere is not followed", async () => {
    const stand = await open();
    const conference = tomorrow();
    await stand.client.ensureConference(conference);
    await order(stand, { kind: "foreignWebUrl" });
    expect(errorOf(await stand.client.mintGuestLink(guest(conference.id)))).toEqual({
      kind: "configuration",
      retry: "never",
    });
  });

  it("and tokens and names are nowhere in what is logged", async () => {
    const stand = await open();
    const conference = tomorrow();
    await stand.client.ensureConference(conference);
    const minted = await stand.client.mintGuestLink(guest(conference.id));
    await order(stand, { kind: "html500" });
    await stand.client.mintGuestLink(guest(conference.id));
    const text = JSON.stringify(stand.logged);
    expect(text).toContain("/software/clients");
    const fragment = minted.ok ? new URL(minted.value.webUrl).hash : "";
    for (const secret of [
      fragment,
      "Paula",
      "g_contract_guest",
      conference.id,
      "demo-contract-secret",
      "Bearer",
    ]) {
      expect(text).not.toContain(secret);
    }
  });
});

describe("a certificate", () => {
  const tls = { cert: readFileSync(certificate("cert")), key: readFileSync(certificate("key")) };

  it("that nobody vouches for is refused", async () => {
    const stand = await open({ tls });
    expect(errorOf(await stand.client.listConferences())).toEqual({ kind: "certificate", retry: "never" });
  });

  it("of the clinic's own authority is accepted by its file", async () => {
    const stand = await open({ tls }, { caFile: certificate("cert") });
    expect(errorOf(await stand.client.listConferences())).toBe("ok");
  });

  it("is demanded beyond this machine", async () => {
    await expect(open({}, { url: "http://video.example.org" })).rejects.toThrow("https");
  });
});
