import { describe, expect, it } from "vitest";
import { homeOf, safePath } from "./rules";

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
