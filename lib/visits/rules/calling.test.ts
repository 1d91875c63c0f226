import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { callState } from "./calling";

const calledAt = Temporal.Instant.from("2027-03-14T10:30:00Z");
const later = (seconds: number) => calledAt.add({ seconds });

describe("ringing a practitioner's account", () => {
  it.each([
    [undefined, "arrived", 0, "idle"],
    [calledAt, "arrived", 0, "calling"],
    [calledAt, "planned", 44, "calling"],
    [calledAt, "arrived", 45, "unanswered"],
    [calledAt, "arrived", 3600, "unanswered"],
    [calledAt, "in_progress", 1, "idle"],
    [calledAt, "finished", 1, "idle"],
    [calledAt, "cancelled", 1, "idle"],
  ] as const)("called at %s, %s, %d s later: %s", (called, encounterStatus, seconds, state) => {
    expect(callState({ calledAt: called, encounterStatus }, later(seconds))).toBe(state);
  });

  it("has been answered by somebody whose patient finds no guest seat", () => {
    const inside = { calledAt, isInside: true };
    for (const seconds of [1, 3600])
      expect(callState({ ...inside, encounterStatus: "arrived" }, later(seconds))).toBe("no_seat");
    expect(callState({ ...inside, encounterStatus: "in_progress" }, later(1))).toBe("idle");
    expect(callState({ ...inside, calledAt: undefined, encounterStatus: "arrived" }, later(1))).toBe("idle");
  });
});
