import { describe, expect, it } from "vitest";
import { expectedWait, freeInMinutes } from "./waits";

const free = (...minutes: number[]) => minutes.map((freeIn) => ({ freeIn, seats: 2 }));

describe("an expected wait", () => {
  it.each([
    [{ ahead: 0, takers: free(), visitMinutes: 10 }, undefined],
    [{ ahead: 0, takers: free(0), visitMinutes: 10 }, 0],
    [{ ahead: 0, takers: free(7.2, 9), visitMinutes: 10 }, 8],
    [{ ahead: 1, takers: free(0), visitMinutes: 10 }, 10],
    [{ ahead: 2, takers: free(0, 4), visitMinutes: 10 }, 10],
    [{ ahead: 3, takers: free(0, 4), visitMinutes: 10 }, 14],
    [{ ahead: 5, takers: free(0, 0, 0), visitMinutes: 15 }, 15],
    [{ ahead: 0, takers: free(-3), visitMinutes: 10 }, 0],
  ])("of %j is %s", (facts, minutes) => {
    expect(expectedWait(facts)).toBe(minutes);
  });

  const seats = (limit: number, ...claims: [start: number, end: number, seats: number][]) => ({
    limit,
    claims: claims.map(([start, end, taken]) => ({ start, end, seats: taken })),
  });
  it.each([
    ["until the seats of a visit come free, although somebody is", 0, free(0), seats(2, [-5, 7, 2]), 7],
    ["for nothing where there are seats enough", 0, free(0), seats(4, [-5, 7, 2]), 0],
    ["behind those in front, who take the seats as well", 1, free(0, 0), seats(2), 10],
    ["side by side where the seats are there", 1, free(0, 0), seats(4), 0],
    ["not into what is booked and leaves no time before it", 0, free(0), seats(2, [4, 20, 2]), 20],
    [
      "for nobody knows how long where the visit has overrun its time",
      0,
      free(0),
      seats(2, [0, Infinity, 2]),
      undefined,
    ],
    ["for nothing known where the licence has never seats enough", 0, free(0), seats(1), undefined],
    [
      "with one who takes a single seat, at once",
      0,
      [...free(0), { freeIn: 3, seats: 1 }],
      seats(3, [-5, 9, 2]),
      3,
    ],
  ])("lasts %s", (_what, ahead, takers, counted, minutes) => {
    expect(expectedWait({ ahead, takers, visitMinutes: 10, seats: counted })).toBe(minutes);
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
