import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { feedbackRefusal, summaryRefusal } from "./rules";

const givenAt = Temporal.Instant.from("2027-03-14T11:00:00Z");

describe("a summary", () => {
  it.each([
    ["planned", "not_started"],
    ["arrived", "not_started"],
    ["in_progress", undefined],
    ["finished", undefined],
    ["cancelled", "not_started"],
  ] as const)("of a visit that is %s: %s", (encounterStatus, refusal) => {
    expect(summaryRefusal({ encounterStatus })).toBe(refusal);
  });
});

describe("what a patient says of a visit", () => {
  it.each([
    ["in_progress", undefined, 0, "not_finished"],
    ["cancelled", undefined, 0, "not_finished"],
    ["finished", undefined, 1000, undefined],
    ["finished", givenAt, 0, undefined],
    ["finished", givenAt, 24 * 60 - 1, undefined],
    ["finished", givenAt, 24 * 60, "too_late"],
  ] as const)(
    "of one that is %s, said at %s, %d minutes later: %s",
    (encounterStatus, at, minutes, refusal) => {
      expect(feedbackRefusal({ encounterStatus, givenAt: at }, givenAt.add({ minutes }))).toBe(refusal);
    },
  );
});
