import { describe, expect, it } from "vitest";
import { fail, succeed, type TrueConfResult } from "../errors";
import type { HttpAnswer, HttpRequest } from "./http";
import { createTokens } from "./token";

const issued = (token: string, seconds: number | string = 604_800) =>
  answered(200, JSON.stringify({ access_token: token, expires_in: seconds, token_type: "Bearer" }));
const answered = (status: number, text: string) => succeed<HttpAnswer>({ status, text });

/** Tokens from a server that gives these answers one after another, at a time that the test moves. */
function stand(...answers: TrueConfResult<HttpAnswer>[]) {
  const sent: HttpRequest[] = [];
  const clock = { now: 1_000_000 };
  const send = async (request: HttpRequest) => {
    sent.push(request);
    return answers[sent.length - 1] ?? fail("unreachable", "safe");
  };
  const tokens = createTokens(
    { clientId: "portal", clientSecret: "not a & secret" },
    { send, now: () => clock.now, timeoutMs: 1_000 },
  );
  return { tokens, sent, clock };
}

describe("a token", () => {
  it("is asked for as OAuth says, with a form", async () => {
    const { tokens, sent } = stand(issued("t1"));
    expect(await tokens.get()).toEqual(succeed("t1"));
    expect(sent[0]).toMatchObject({
      method: "POST",
      path: "/oauth2/v1/token",
      headers: { "Content-Type": "application/x-www-form-urlencoded" },
    });
    expect(Object.fromEntries(new URLSearchParams(sent[0]?.body))).toEqual({
      grant_type: "client_credentials",
      client_id: "portal",
      client_secret: "not a & secret",
    });
  });

  it("is asked for once by all who wait", async () => {
    const { tokens, sent } = stand(issued("t1"));
    const got = await Promise.all([tokens.get(), tokens.get(), tokens.get()]);
    expect(got).toEqual(Array(3).fill(succeed("t1")));
    expect(sent).toHaveLength(1);
  });

  it.each([
    ["a week", 604_800, 604_800 - 60],
    ["ten seconds", 10, 9],
    ["a number in quotes", "3600", 3_540],
  ])("that lives %s is renewed shortly before its end", async (_life, seconds, renewedAfter) => {
    const { tokens, clock } = stand(issued("t1", seconds), issued("t2"));
    await tokens.get();
    clock.now += renewedAfter * 1000 - 1;
    expect(await tokens.get()).toEqual(succeed("t1"));
    clock.now += 1;
    expect(await tokens.get()).toEqual(succeed("t2"));
  });

  it("that was refused is replaced; one that came meanwhile is kept", async () => {
    const { tokens, sent } = stand(issued("t1"), issued("t2"));
    await tokens.get();
    expect(tokens.forget("t1")).toBe(true);
    expect(await tokens.get()).toEqual(succeed("t2"));
    // Somebody else who was on the way with the first one.
    expect(tokens.forget("t1")).toBe(true);
    expect(await tokens.get()).toEqual(succeed("t2"));
    expect(sent).toHaveLength(2);
  });

  it("is asked for again after a failure, which is not kept", async () => {
    const { tokens } = stand(fail("timeout", "unclear"), issued("t1"));
    expect(await tokens.get()).toEqual(fail("timeout", "safe"));
    expect(await tokens.get()).toEqual(succeed("t1"));
  });
});

describe("a refusal of the token", () => {
  it.each([400, 401, 403])("%i means the credentials", async (status) => {
    const { tokens } = stand(answered(status, '{"error":"invalid_client"}'));
    expect(await tokens.get()).toEqual(fail("unauthorized", "never"));
  });

  it.each([302, 404, 405])("%i is no word of a conference, but of a wrong address", async (status) => {
    const { tokens } = stand(answered(status, '{"error":{"errors":[{"reason":"conferenceNotFound"}]}}'));
    expect(await tokens.get()).toEqual(fail("configuration", "never"));
  });

  it.each([429, 500, 503])("%i passes", async (status) => {
    const { tokens } = stand(answered(status, "<html>"));
    expect(await tokens.get()).toEqual(fail("server_error", "safe"));
  });

  it.each([
    "",
    "<html>",
    "{}",
    '{"access_token":"","expires_in":60}',
    '{"access_token":"t1"}',
    '{"access_token":"t1","expires_in":0}',
  ])("an answer that is no token: %j", async (text) => {
    const { tokens } = stand(answered(200, text));
    expect(await tokens.get()).toEqual(fail("malformed", "safe"));
  });
});

it("a secret key stands in a token's place and cannot be renewed", async () => {
  const send = async () => fail("unreachable", "safe");
  const tokens = createTokens({ secretKey: "key" }, { send, now: () => 0, timeoutMs: 1 });
  expect(await tokens.get()).toEqual(succeed("key"));
  expect(tokens.forget("key")).toBe(false);
  expect(await tokens.get()).toEqual(succeed("key"));
});
