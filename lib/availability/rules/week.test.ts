import { describe, expect, it } from "vitest";
import type { Weekday } from "../types";
import { findOverlap, weeklyMinutes } from "./week";

const interval = (weekday: Weekday, startTime: string, endTime: string) => ({ weekday, startTime, endTime });

describe("a week's hours", () => {
  it.each([
    [
      "touching intervals do not overlap",
      [interval(1, "09:00", "12:00"), interval(1, "12:00", "14:00")],
      undefined,
    ],
    [
      "the later one of two that do is named",
      [interval(1, "09:00", "12:00"), interval(1, "11:59", "14:00")],
      1,
    ],
    [
      "the order of the list does not matter",
      [interval(1, "11:00", "14:00"), interval(1, "09:00", "12:00")],
      1,
    ],
    ["a night reaches into the next day", [interval(1, "22:00", "06:00"), interval(2, "05:00", "09:00")], 1],
    [
      "the night of Sunday reaches into Monday",
      [interval(1, "05:00", "09:00"), interval(7, "22:00", "06:00")],
      1,
    ],
    [
      "days around the clock only touch",
      [interval(6, "00:00", "00:00"), interval(7, "00:00", "00:00"), interval(1, "00:00", "00:00")],
      undefined,
    ],
    [
      "an interval of a day around the clock overlaps it",
      [interval(3, "00:00", "00:00"), interval(3, "09:00", "10:00")],
      1,
    ],
  ])("%s", (_name, hours, expected) => {
    expect(findOverlap(hours)).toBe(expected);
  });

  it("add up on the wall clock", () => {
    expect(
      weeklyMinutes([
        interval(1, "09:00", "12:30"),
        interval(5, "22:00", "02:00"),
        interval(6, "00:00", "00:00"),
      ]),
    ).toBe(210 + 240 + 1440);
  });
});
