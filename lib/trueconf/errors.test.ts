import { describe, expect, it } from "vitest";
import { errorOf } from "./errors";
import { errorAnswer } from "./wire";

/** As the transport reads a refusal. */
const read = (status: number, body: unknown) => {
  const parsed = errorAnswer.safeParse(body);
  return errorOf(status, parsed.success ? parsed.data : undefined);
};
const envelope = (reason: string, place: object = {}) => ({
  error: { code: 0, message: "", errors: [{ reason, message: "", ...place }] },
});

describe("a refusal", () => {
  it.each([
    ["a token that ended, v3", 403, envelope("accessTokenInvalid"), "unauthorized", "never"],
    ["a token that ended, v4", 401, { error: "Unauthorized" }, "unauthorized", "never"],
    ["a token that ended, in a page", 401, undefined, "unauthorized", "never"],
    [
      "a token that ended, beside the envelope",
      403,
      { reason: "accessTokenInvalid" },
      "unauthorized",
      "never",
    ],
    [
      "a token that ended, within it",
      403,
      { error: { reason: "accessTokenInvalid" } },
      "unauthorized",
      "never",
    ],
    ["a scope that is missing", 403, envelope("forbidden"), "forbidden", "never"],
    ["a firewall's page", 403, undefined, "forbidden", "never"],
    ["no such conference", 404, envelope("conferenceNotFound"), "not_found", "never"],
    ["no such conference, v4", 404, { error: {}, reason: "conferenceNotFound" }, "not_found", "never"],
    ["no such route", 404, envelope("routeNotFound"), "malformed", "safe"],
    [
      "no such route, v4",
      404,
      { error: { code: 404 }, trace_id: "1", reason: "routeNotFound" },
      "malformed",
      "safe",
    ],
    ["a proxy's page", 404, undefined, "malformed", "safe"],
    ["a proxy's JSON", 404, { error: "Not Found", path: "/api" }, "malformed", "safe"],
    ["another proxy's JSON", 404, { status: "Failure", reason: "NotFound" }, "malformed", "safe"],
    ["an id in use", 400, envelope("uniqueValueAlreadyInUse"), "conflict", "never"],
    ["an id in use, by its status", 409, undefined, "conflict", "never"],
    ["a licence's limit", 400, envelope("conferenceLimitReached"), "limit", "safe"],
    ["a licence's limit, forbidden", 403, envelope("limitExceeded"), "limit", "safe"],
    ["anything else", 400, envelope("invalidValue"), "invalid", "never"],
    ["a redirection", 302, undefined, "configuration", "never"],
    ["too many requests", 429, undefined, "server_error", "safe"],
    ["a breakdown", 500, envelope("internal"), "server_error", "unclear"],
    ["a gateway's breakdown", 502, undefined, "server_error", "unclear"],
  ] as const)("%s", (_what, status, body, kind, retry) => {
    expect(read(status, body)).toMatchObject({ kind, retry });
  });

  it("names the field, if the server does", () => {
    expect(read(400, envelope("userNotFound", { location: "owner" }))).toEqual({
      kind: "invalid",
      retry: "never",
      field: "owner",
    });
  });

  it("passes on nothing that is no plain word, since it is logged", () => {
    const { field } = read(400, envelope("x", { location: "Paula Beispiel <paula@example.test>" }));
    expect(field).toBeUndefined();
  });

  it.each([{ error: { errors: "none" } }, { error: { errors: [{ reason: 7 }] } }, { error: { errors: [] } }])(
    "is understood by its status where the rest is odd: %j",
    (body) => expect(read(400, body)).toMatchObject({ kind: "invalid" }),
  );
});
