import { describe, expect, it } from "vitest";
import { summariseHours } from "./hours";

const rule = (weekday: number, startTime: string, endTime: string) => ({ weekday, startTime, endTime });

describe("a week's hours", () => {
  it("put days alike on one line and hours that meet together", () => {
    const week = [
      ...[1, 2, 3].map((day) => rule(day, "09:00", "12:00")),
      ...[1, 2, 3].map((day) => rule(day, "11:00", "17:00")),
      rule(4, "09:00", "12:00"),
      rule(4, "13:00", "17:00"),
      rule(7, "20:00", "00:00"),
    ];
    expect(summariseHours(week)).toEqual([
      { from: 1, to: 3, intervals: [{ start: "09:00", end: "17:00" }] },
      {
        from: 4,
        to: 4,
        intervals: [
          { start: "09:00", end: "12:00" },
          { start: "13:00", end: "17:00" },
        ],
      },
      { from: 7, to: 7, intervals: [{ start: "20:00", end: "24:00" }] },
    ]);
  });

  it("are none without rules", () => {
    expect(summariseHours([])).toEqual([]);
  });
});
