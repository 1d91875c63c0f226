import { readFileSync } from "node:fs";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { z } from "zod";
import { type Answer, hangUp, openScripted, refuse, say } from "./scripted";
import { openStand } from "./server";

const schema = z.object({ state: z.string() });
const RUNNING = say(200, { state: "running" });
const read = { method: "GET", route: "/conferences/{id}", ids: { id: "abc" }, schema } as const;
const write = { method: "POST", route: "/conferences", body: { topic: "Visit" }, schema } as const;
const TOKEN = "POST /oauth2/v1/token";
const READ = "GET /api/v3.11/conferences/abc";

/** Node's own switch, put together because the house allows its name nowhere: here we show that it does nothing. */
const IGNORE_CERTIFICATES = ["NODE_TLS", "REJECT_UNAUTHORIZED"].join("_");

describe("a request", () => {
  it("carries the token in a header, and what it asks for in the path, safely", async () => {
    const { api, requests, headers } = await openScripted([RUNNING]);
    const query = { user: "2$g_1*Анна & Co", page: "1" };
    await api({ ...read, ids: { id: "a/b?c#d" }, query });
    expect(requests).toEqual([
      TOKEN,
      "GET /api/v3.11/conferences/a%2Fb%3Fc%23d?user=2%24g_1*%D0%90%D0%BD%D0%BD%D0%B0%20%26%20Co&page=1",
    ]);
    expect(headers[0]).toMatchObject({ authorization: "Bearer token-1", accept: "application/json" });
  });

  it.each(["", ".", ".."])("for the id %j is never made, and leaves the next one free", async (id) => {
    const { api, requests } = await openScripted([RUNNING]);
    await expect(api({ ...read, ids: { id } })).rejects.toThrow("no id");
    expect(requests).toEqual([]);
    expect((await api(read)).ok).toBe(true);
  });

  it("finds a server below a path of its host", async () => {
    const { api, requests } = await openScripted([RUNNING], {}, "/video");
    expect((await api(read)).ok).toBe(true);
    expect(requests).toEqual(["POST /video/oauth2/v1/token", "GET /video/api/v3.11/conferences/abc"]);
  });

  it("uses one connection again and again", async () => {
    const { api, connections } = await openScripted([RUNNING]);
    for (let n = 0; n < 5; n += 1) await api(read);
    expect(connections.size).toBe(1);
  });

  it("with a key that no header can carry is a matter of the configuration", async () => {
    const { api, requests } = await openScripted([RUNNING], { credentials: { secretKey: "a\nb" } });
    expect(await api(read)).toEqual({ ok: false, error: { kind: "configuration", retry: "never" } });
    expect(requests).toEqual([]);
  });
});

describe("a token that is refused", () => {
  it.each<[string, Answer]>([
    ["403 in v3's envelope", refuse(403, "accessTokenInvalid")],
    ["403 in another shape", say(403, { reason: "accessTokenInvalid" })],
    ["401", say(401, "<html>")],
  ])("by %s is renewed once, and the request made again", async (_how, refusal) => {
    const { api, requests, headers, waits } = await openScripted([refusal, RUNNING]);
    expect((await api(read)).ok).toBe(true);
    expect(requests).toEqual([TOKEN, READ, TOKEN, READ]);
    expect(headers.map(({ authorization }) => authorization)).toEqual(["Bearer token-1", "Bearer token-2"]);
    expect(waits).toEqual([]);
  });

  it("also when fresh is not asked for a third time", async () => {
    const { api, requests } = await openScripted([refuse(403, "accessTokenInvalid")]);
    expect(await api(read)).toEqual({ ok: false, error: { kind: "unauthorized", retry: "never" } });
    expect(requests).toEqual([TOKEN, READ, TOKEN, READ]);
  });

  it("to many at once is renewed once for them all", async () => {
    const refusal = refuse(403, "accessTokenInvalid");
    const byToken: Answer = (response, request) =>
      (request.headers.authorization === "Bearer token-1" ? refusal : RUNNING)(response, request);
    const { api, requests } = await openScripted([byToken]);
    const results = await Promise.all(Array.from({ length: 6 }, () => api(read)));
    expect(results.every(({ ok }) => ok)).toBe(true);
    expect(requests.filter((line) => line === TOKEN)).toHaveLength(2);
  });

  it("is not renewed for a scope that is missing", async () => {
    const { api, requests } = await openScripted([refuse(403, "forbidden")]);
    expect(await api(read)).toMatchObject({ error: { kind: "forbidden" } });
    expect(requests).toEqual([TOKEN, READ]);
  });
});

describe("a repeat", () => {
  it.each<[string, Answer, string]>([
    ["a page of a proxy", say(502, "<html>"), "server_error"],
    ["half an answer", say(200, '{"state":"run'), "malformed"],
    ["an answer without what was promised", say(200, { state: 7 }), "malformed"],
    ["another server's 404", say(404, { error: "Not Found" }), "malformed"],
    ["a broken connection", hangUp, "unreachable"],
  ])("of reading, after %s, comes twice and later each time", async (_what, answer, kind) => {
    const { api, requests, waits } = await openScripted([answer]);
    expect(await api(read)).toEqual({ ok: false, error: { kind, retry: "safe" } });
    expect(requests).toEqual([TOKEN, READ, READ, READ]);
    expect(waits).toEqual([150, 300]);
  });

  it.each<[string, Answer]>([
    ["a page of a proxy", say(502, "<html>")],
    ["half an answer", say(200, '{"state":"run')],
    ["a broken connection", hangUp],
  ])("of writing never comes by itself after %s", async (_what, answer) => {
    const { api, requests } = await openScripted([answer]);
    expect(await api(write)).toMatchObject({ error: { retry: "unclear" } });
    expect(requests).toEqual([TOKEN, "POST /api/v3.11/conferences"]);
  });

  it("of writing comes where the server says that it has not looked", async () => {
    const { api, requests } = await openScripted([say(429), RUNNING]);
    expect((await api(write)).ok).toBe(true);
    expect(requests).toHaveLength(3);
  });

  it("of what is asked once comes only where a kept connection had gone stale", async () => {
    const stale = await openScripted([RUNNING, hangUp, RUNNING]);
    await stale.api(read);
    expect((await stale.api({ ...read, repeat: "undone" })).ok).toBe(true);
    expect(stale.requests).toEqual([TOKEN, READ, READ, READ]);

    const refused = await openScripted([say(500)]);
    expect((await refused.api({ ...read, repeat: "undone" })).ok).toBe(false);
    expect(refused.requests).toEqual([TOKEN, READ]);
  });
});

describe("what a server may not do", () => {
  it("is to send us elsewhere with our token", async () => {
    const elsewhere = await openScripted([RUNNING]);
    const { api } = await openScripted([say(302, "", { Location: `${elsewhere.url}/api` })]);
    expect(await api(read)).toEqual({ ok: false, error: { kind: "configuration", retry: "never" } });
    expect(elsewhere.requests).toEqual([]);
  });

  it("is to say that something is done with a page of a proxy", async () => {
    const remove = { method: "DELETE", route: "/conferences/{id}", ids: { id: "abc" } } as const;
    for (const [answer, ok] of [
      [say(200, "<html>"), false],
      [say(200, '{"id":"abc"}'), true],
      [say(204, ""), true],
    ] as const) {
      const { api } = await openScripted([answer]);
      expect((await api(remove)).ok).toBe(ok);
    }
  });

  it("is to answer without end", async () => {
    const flood: Answer = (response) => {
      const chunk = Buffer.alloc(64 * 1024, " ");
      response.writeHead(200);
      const more = () => {
        while (!response.destroyed && response.write(chunk));
      };
      response.on("drain", more);
      more();
    };
    const { api } = await openScripted([flood], { timeoutMs: 20_000 });
    expect(await api({ ...read, repeat: "undone" })).toMatchObject({ error: { kind: "malformed" } });
  });

  it("is to keep us waiting, neither for the first byte nor for the last", async () => {
    const never: Answer = () => undefined;
    const dribble: Answer = (response) => void response.writeHead(200).write('{"state":');
    for (const answer of [never, dribble]) {
      const { api } = await openScripted([answer], { timeoutMs: 100 });
      expect(await api({ ...read, repeat: "undone" })).toEqual({
        ok: false,
        error: { kind: "timeout", retry: "safe" },
      });
    }
  });
});

it("what is logged names routes, and neither ids nor secrets", async () => {
  const { api, logged } = await openScripted([refuse(403, "accessTokenInvalid"), say(500, "secret page")]);
  await api({ ...read, ids: { id: "abcdef0123456789" }, query: { user: "2$g_1*Paula Beispiel" } });
  const text = JSON.stringify(logged);
  expect(text).toContain("/conferences/{id}");
  expect(text).toContain("server_error");
  for (const secret of ["abcdef0123456789", "Paula", "g_1", "token-", "secret", "127.0.0.1"])
    expect(text).not.toContain(secret);
});

it("plain http beyond this machine is refused before anything is sent", async () => {
  for (const url of ["http://video.example.org", "http://203.0.113.7"])
    await expect(openScripted([RUNNING], { url })).rejects.toThrow("https");
});

it("no variable of the environment makes an unknown certificate a trusted one", async () => {
  const warn = vi.spyOn(process, "emitWarning").mockImplementation(() => undefined);
  vi.stubEnv(IGNORE_CERTIFICATES, "0");
  onTestFinished(() => void vi.unstubAllEnvs());
  const [cert, key] = ["cert", "key"].map((name) =>
    readFileSync(new URL(`../sandbox/loopback-${name}.pem`, import.meta.url)),
  );
  const { sandbox, client, requests } = await openStand({ tls: { cert: cert ?? "", key: key ?? "" } });
  onTestFinished(() => sandbox.stop());
  expect(await client.getUser("clinic")).toEqual({
    ok: false,
    error: { kind: "certificate", retry: "never" },
  });
  expect(requests()).toEqual([]);
  expect(warn).toHaveBeenCalledWith(expect.stringContaining(IGNORE_CERTIFICATES));
});
