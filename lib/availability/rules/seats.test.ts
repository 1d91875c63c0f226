import { describe, expect, it } from "vitest";
import { crowdedIntervals, peakSeats, seatsFor } from "./seats";

const claim = (start: number, end: number, seats: number) => ({ start, end, seats });

describe("guest seats", () => {
  it("are two for a practitioner who is a guest too, and one beside a TrueConf account", () => {
    expect(seatsFor("guest")).toBe(2);
    expect(seatsFor("account")).toBe(1);
  });

  it("are counted at the busiest moment, not summed", () => {
    const claims = [claim(0, 10, 2), claim(10, 20, 2), claim(5, 15, 1)];
    expect(peakSeats(claims, { start: 0, end: 20 })).toBe(3);
    expect(peakSeats(claims, { start: 15, end: 20 })).toBe(2);
    expect(peakSeats(claims, { start: 20, end: 30 })).toBe(0);
  });

  it("of visits that only touch are never needed at once", () => {
    expect(peakSeats([claim(0, 10, 2), claim(10, 20, 2)], { start: 0, end: 20 })).toBe(2);
  });

  it("count only what overlaps the interval at one moment within it", () => {
    const claims = [claim(0, 10, 2), claim(8, 30, 2)];
    expect(peakSeats(claims, { start: 10, end: 20 })).toBe(2);
  });

  it("block the times at which more than the limit are taken", () => {
    const claims = [claim(0, 10, 2), claim(5, 15, 2), claim(16, 20, 2), claim(17, 17, 9)];
    expect(crowdedIntervals(claims, 2)).toEqual([{ start: 5, end: 10 }]);
    expect(crowdedIntervals(claims, 1)).toEqual([
      { start: 0, end: 15 },
      { start: 16, end: 20 },
    ]);
    expect(crowdedIntervals(claims, 4)).toEqual([]);
  });
});
