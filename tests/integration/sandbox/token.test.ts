import { describe, expect, it } from "vitest";
import { CLIENT, openSandbox, reasonOf } from "./harness";

describe("asking for a token", () => {
  it("takes a form and JSON, and answers with the four fields", async () => {
    const sandbox = await openSandbox();
    const form = await sandbox.send("POST", "/oauth2/v1/token", {
      body: new URLSearchParams({ grant_type: "client_credentials", ...CLIENT }),
    });
    for (const answer of [form, await sandbox.requestToken()]) {
      expect(answer.status).toBe(200);
      expect(Object.keys(answer.body).sort()).toEqual(["access_token", "expires_in", "scope", "token_type"]);
      expect(answer.body.access_token).toMatch(/^[0-9a-f]{40}$/);
      expect(answer.body.expires_in).toBe(604_800);
      expect(answer.body.scope.split(" ")).toContain("conferences");
    }
  });

  it.each([400, 401] as const)("refuses a wrong secret with %i, as the switch says", async (status) => {
    const sandbox = await openSandbox();
    await sandbox.set({ tokenFailureStatus: status });
    for (const wrong of [{ client_secret: "wrong" }, { client_id: "stranger" }]) {
      const answer = await sandbox.requestToken(wrong);
      expect([answer.status, answer.body.error]).toEqual([status, "invalid_client"]);
    }
  });

  it("knows one grant type", async () => {
    const sandbox = await openSandbox();
    const other = await sandbox.requestToken({ grant_type: "password" });
    expect([other.status, other.body.error]).toEqual([400, "unsupported_grant_type"]);
    const none = await sandbox.send("POST", "/oauth2/v1/token");
    expect([none.status, none.body.error]).toEqual([400, "invalid_request"]);
  });
});

describe("showing a token", () => {
  it("is taken from the header and from the query", async () => {
    const sandbox = await openSandbox();
    const path = `/api/v3.11/conferences?access_token=${sandbox.token}`;
    expect((await sandbox.send("GET", path)).status).toBe(200);
    expect((await sandbox.api("GET", "/conferences")).status).toBe(200);
  });

  it("is 403 accessTokenInvalid when missing, unknown or expired, never 401", async () => {
    const sandbox = await openSandbox();
    await sandbox.set({ tokenTtlSeconds: 60 });
    await sandbox.renewToken();
    for (const path of ["/api/v3.11/conferences", `/api/v3.11/conferences?access_token=${"0".repeat(40)}`]) {
      const answer = await sandbox.send("GET", path);
      expect([answer.status, reasonOf(answer)]).toEqual([403, "accessTokenInvalid"]);
    }
    sandbox.advance(59);
    expect((await sandbox.api("GET", "/conferences")).status).toBe(200);
    sandbox.advance(1);
    const late = await sandbox.api("GET", "/conferences");
    expect([late.status, reasonOf(late)]).toEqual([403, "accessTokenInvalid"]);
    await sandbox.renewToken();
    expect((await sandbox.api("GET", "/conferences")).status).toBe(200);
  });

  it("takes the secret key in its place, without expiry", async () => {
    const sandbox = await openSandbox({ secretKey: "invented-key" });
    sandbox.advance(365 * 86_400);
    const byKey = await sandbox.send("GET", "/api/v3.11/users?access_token=invented-key");
    expect(byKey.status).toBe(200);
    expect((await sandbox.send("GET", "/api/v3.11/users?access_token=other")).status).toBe(403);
  });

  it("is 403 forbidden without the scope", async () => {
    const sandbox = await openSandbox();
    const id = await sandbox.create();
    await sandbox.set({ grantedScopes: ["conferences:read"] });
    await sandbox.renewToken();
    expect((await sandbox.api("GET", `/conferences/${id}`)).status).toBe(200);
    for (const [method, path] of [
      ["POST", "/conferences"],
      ["PUT", `/conferences/${id}`],
      ["DELETE", `/conferences/${id}`],
      ["POST", `/conferences/${id}/run`],
      ["POST", `/conferences/${id}/stop`],
      ["GET", `/conferences/${id}/participants`],
      ["GET", `/conferences/${id}/invitations`],
      ["GET", "/users"],
      ["GET", "/groups"],
      ["GET", "/groups/1/users"],
      ["GET", "/logs/calls"],
    ] as const) {
      const answer = await sandbox.api(method, path);
      expect([path, answer.status, reasonOf(answer)]).toEqual([path, 403, "forbidden"]);
    }
  });

  it("can be ended for all at once", async () => {
    const sandbox = await openSandbox();
    expect((await sandbox.control("POST", "/tokens/expire")).status).toBe(204);
    expect(reasonOf(await sandbox.api("GET", "/users"))).toBe("accessTokenInvalid");
  });
});
