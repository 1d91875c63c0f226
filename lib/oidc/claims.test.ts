import { describe, expect, it } from "vitest";
import { identityOf } from "./claims";

const claims = { iss: "https://login.example.org", sub: "4711" };
const plain = { acr: undefined, groupsClaim: undefined };
const groups = (groupsClaim: string, more: Record<string, unknown>) =>
  identityOf({ ...claims, ...more }, { ...plain, groupsClaim }).groups;

describe("an identity", () => {
  it("has its address as accounts have theirs", () => {
    const identity = identityOf({ ...claims, email: " Ada@Example.ORG ", email_verified: true }, plain);
    expect(identity).toMatchObject({ email: "ada@example.org", emailVerified: true });
  });

  it.each([undefined, false, "true", 1, null])(
    "is not vouched for by email_verified: %s",
    (email_verified) => {
      expect(identityOf({ ...claims, email_verified }, plain).emailVerified).toBe(false);
    },
  );

  it.each([undefined, 7, "", "no address", ["a@example.org"], `${"a".repeat(260)}@example.org`])(
    "has no address in %s",
    (email) => {
      expect(identityOf({ ...claims, email }, plain).email).toBeUndefined();
    },
  );

  it.each([
    [["pwd", "mfa"], undefined, true],
    [["pwd", "otp"], undefined, false],
    ["mfa", undefined, false],
    [undefined, "gold", true],
    [undefined, "silver", false],
  ])("has had a second step by amr %j and acr %s: %s", (amr, acr, expected) => {
    expect(identityOf({ ...claims, amr, acr }, { ...plain, acr: "gold" }).secondStep).toBe(expected);
  });

  it("takes no missing acr for the one that is not set", () => {
    expect(identityOf(claims, plain).secondStep).toBe(false);
  });
});

describe("groups", () => {
  it("are found by name, by path, and by a name with dots in it", () => {
    expect(groups("groups", { groups: ["a", "b"] })).toEqual(["a", "b"]);
    expect(groups("groups", { groups: "a" })).toEqual(["a"]);
    expect(groups("realm.roles", { realm: { roles: ["a"] } })).toEqual(["a"]);
    expect(groups("https://example.org/roles", { "https://example.org/roles": ["a"] })).toEqual(["a"]);
  });

  it("that are missing are not the same as none", () => {
    expect(groups("groups", { groups: [] })).toEqual([]);
    expect(groups("groups", {})).toBeUndefined();
    expect(groups("realm.roles", { realm: ["roles"] })).toBeUndefined();
    expect(groups("constructor.name", {})).toBeUndefined();
  });

  it("are texts and nothing else", () => {
    expect(groups("groups", { groups: ["a", 1, null, { b: 1 }] })).toEqual(["a"]);
    expect(groups("groups", { groups: { a: true } })).toBeUndefined();
  });
});
