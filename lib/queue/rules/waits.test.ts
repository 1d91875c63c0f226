import { describe, expect, it } from "vitest";
import { expectedWait, freeInMinutes } from "./waits";

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

describe("a practitioner is free", () => {
  const claim = (start: number, end: number) => ({ start: start * 60_000, end: end * 60_000 });
  it.each([
    ["at once with nothing to do", [], 0],
    ["at once before something that leaves room", [claim(10, 20)], 0],
    ["after what stands at this moment", [claim(-5, 12.5)], 12.5],
    ["after what begins too soon", [claim(9, 20)], 20],
    ["where the first gap has room", [claim(35, 50), claim(-5, 10), claim(15, 30)], 50],
    ["whatever lies behind them", [claim(-20, -10)], 0],
  ])("%s", (_what, claims, minutes) => {
    expect(freeInMinutes(claims, 0, 10)).toBe(minutes);
  });
});
