import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import {
  foldName,
  homeOf,
  isSeenAnew,
  limitsOf,
  rolesAfter,
  rolesInForce,
  rolesOfGroups,
  safePath,
} from "./rules";

describe("a name", () => {
  it.each([
    ["Paula Beispiel", " paula  BEISPIEL", true],
    ["Анна Образцова", "анна образцова", true],
    ["Paula Beispiel", "Paul Beispiel", false],
  ])("%s and %s: the same is %s", (one, other, same) => {
    expect(foldName(one) === foldName(other)).toBe(same);
  });
});

describe("where a sign-in leads", () => {
  it("is the day's work for staff and the visits for patients", () => {
    expect(homeOf(["practitioner", "administrator"])).toBe("/agenda");
    expect(homeOf(["administrator"])).toBe("/admin");
    expect(homeOf(["patient"])).toBe("/visits");
  });

  it.each([
    "//evil.example",
    "/\\evil.example",
    "https://evil.example",
    "javascript:alert(1)",
    "/a\\b",
    "/\n/evil",
    "",
    undefined,
  ])("is never another site: %j", (next) => {
    expect(safePath(next)).toBeUndefined();
  });

  it("may be a page of ours with a query", () => {
    expect(safePath("/visits?from=mail")).toBe("/visits?from=mail");
  });
});

describe("the roles of staff", () => {
  const both = ["patient", "practitioner"] as const;

  it.each(["practitioner", "scheduler", "administrator"] as const)(
    "wait for the second step where one is required, and leave what is one's own as a patient: %s",
    (role) => {
      expect(rolesInForce(["patient", role], { hasSecondStep: false, required: true })).toEqual(["patient"]);
      expect(rolesInForce([role], { hasSecondStep: false, required: true })).toEqual([]);
    },
  );

  it("hold with a second step, and where none is required", () => {
    expect(rolesInForce(both, { hasSecondStep: true, required: true })).toEqual(both);
    expect(rolesInForce(both, { hasSecondStep: false, required: false })).toEqual(both);
  });
});

describe("roles by a provider's groups", () => {
  const mapping = [
    { group: "admins", role: "administrator" },
    { group: "owners", role: "administrator" },
    { group: "doctors", role: "practitioner" },
  ] as const;
  const usual = { isPractitioner: true, isLastAdministrator: false };

  it("are those that the mapping names, each once", () => {
    expect(rolesOfGroups(["admins", "owners", "cooks"], mapping)).toEqual(["administrator"]);
    expect(rolesOfGroups([], mapping)).toEqual([]);
  });

  it.each([
    [["practitioner"], ["doctors", "admins"], ["practitioner", "administrator"]],
    [["practitioner", "administrator"], ["doctors"], ["practitioner"]],
    [["practitioner", "administrator"], ["cooks"], []],
    [["patient", "administrator"], [], ["patient"]],
    [["patient"], ["admins"], ["patient", "administrator"]],
  ] as const)("make of %j with %j: %j", (held, groups, expected) => {
    expect(rolesAfter(held, groups, mapping, usual)).toEqual(expected);
  });

  it("leave alone the roles that the mapping does not name", () => {
    const admins = mapping.filter(({ role }) => role === "administrator");
    expect(rolesAfter(["practitioner"], [], admins, usual)).toEqual(["practitioner"]);
  });

  it("make nobody a practitioner whom no administrator has made one", () => {
    expect(rolesAfter([], ["doctors"], mapping, { ...usual, isPractitioner: false })).toEqual([]);
  });

  it("leave the clinic its last administrator", () => {
    expect(rolesAfter(["administrator"], [], mapping, { ...usual, isLastAdministrator: true })).toEqual([
      "administrator",
    ]);
  });
});

describe("how long a session lasts", () => {
  it("is the shortest of what each role allows", () => {
    expect(limitsOf(["practitioner", "administrator"])).toEqual(limitsOf(["administrator"]));
    expect(limitsOf(["patient", "practitioner"])).toEqual(limitsOf(["practitioner"]));
    expect(limitsOf(["patient"]).hours).toBeGreaterThan(limitsOf(["practitioner"]).hours);
  });
});

describe("when a session is seen", () => {
  it.each([
    [0, false],
    [4.9, false],
    [5, true],
    [-4.9, false],
    [-60, true],
  ])("%d minutes after it was last: written down %s", (minutes, expected) => {
    const lastSeenAt = Temporal.Instant.from("2026-11-23T08:00:00Z");
    expect(isSeenAnew(lastSeenAt, lastSeenAt.add({ seconds: minutes * 60 }))).toBe(expected);
  });
});
