import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { callState } from "./calling";

const calledAt = Temporal.Instant.from("2027-03-14T10:30:00Z");
const after = (seconds: number) => calledAt.add({ seconds });

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
    expect(callState({ calledAt: called, encounterStatus }, after(seconds))).toBe(state);
  });
});
