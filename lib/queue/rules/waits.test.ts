import { describe, expect, it } from "vitest";
import { expectedWait } from "./waits";

describe("an expected wait", () => {
  it.each([
    [{ ahead: 0, freeIn: [], visitMinutes: 10 }, undefined],
    [{ ahead: 0, freeIn: [0], visitMinutes: 10 }, 0],
    [{ ahead: 0, freeIn: [7.2, 9], visitMinutes: 10 }, 8],
    [{ ahead: 1, freeIn: [0], visitMinutes: 10 }, 10],
    [{ ahead: 2, freeIn: [0, 4], visitMinutes: 10 }, 10],
    [{ ahead: 3, freeIn: [0, 4], visitMinutes: 10 }, 14],
    [{ ahead: 5, freeIn: [0, 0, 0], visitMinutes: 15 }, 15],
    [{ ahead: 0, freeIn: [-3], visitMinutes: 10 }, 0],
  ])("of %j is %s", (facts, minutes) => {
    expect(expectedWait(facts)).toBe(minutes);
  });
});
