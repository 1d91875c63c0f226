import { describe, expect, it } from "vitest";
import type { BrowserKind } from "./browser";
import { helpOf } from "./help";

const KINDS: readonly BrowserKind[] = [
  ...(["chrome", "chrome_android", "chrome_ios", "edge", "firefox"] as const),
  ...(["firefox_android", "safari_ios", "safari_mac", "samsung"] as const),
];
const PROBLEMS = [
  ...(["denied", "in_use", "failed", "not_found", "silent"] as const),
  ...(["unreachable", "blocked", "unsupported"] as const),
];

describe("help with a problem", () => {
  // That each key has words in both languages, the compiler and the messages' own test see to.
  it.each(PROBLEMS)("%s is there for each browser", (problem) => {
    const without = KINDS.filter((kind) => helpOf(problem, kind) === null);
    // What another browser on iOS reaches is none of iCloud's business.
    expect(without).toEqual(problem === "unreachable" ? ["chrome_ios"] : []);
  });

  it("differs where the browsers do", () => {
    expect(helpOf("in_use", "firefox")).toBe("help.busy.firefox");
    expect(helpOf("failed", "safari_ios")).toBe("help.busy.ios");
    expect(helpOf("blocked", "samsung")).toBe("help.blocked.samsung");
    expect(helpOf("denied", "edge")).toBe("allow.edge");
  });

  it("is left to the general words where there is nothing to add", () => {
    expect(helpOf("insecure", "chrome")).toBeNull();
    expect(helpOf("not_heard", "safari_mac")).toBeNull();
    expect(helpOf("in_use", "other")).toBeNull();
    expect(helpOf("denied", "other")).toBe("allow.other");
  });
});
