import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { nearestTimes } from "./nearest";

const slots = (times: readonly string[]) =>
  times.map((time) => ({ startAt: Temporal.Instant.from(`2027-03-${time}:00Z`) }));
const said = (found: readonly { startAt: Temporal.Instant }[]) =>
  found.map(({ startAt }) => startAt.toString().slice(8, 16));

describe("the nearest times", () => {
  it.each([
    ["none", [], []],
    ["fewer than are wanted", ["14T10:00", "15T10:00"], ["14T10:00", "15T10:00"]],
    [
      "no more than two of a day",
      ["14T10:00", "14T10:05", "14T10:10", "15T09:00"],
      ["14T10:00", "14T10:05", "15T09:00"],
    ],
    [
      "three in all",
      ["14T10:00", "14T10:05", "15T09:00", "15T10:00", "16T09:00"],
      ["14T10:00", "14T10:05", "15T09:00"],
    ],
    // 23:30 in UTC is the next day in Berlin already.
    [
      "by the viewer's days",
      ["14T22:00", "14T22:30", "14T23:30", "15T00:30", "15T01:30"],
      ["14T22:00", "14T22:30", "14T23:30"],
    ],
  ])("%s", (_name, times, expected) => {
    const wanted = { timeZone: "Europe/Berlin", perDay: 2, total: 3 };
    expect(said(nearestTimes(slots(times), wanted))).toEqual(expected);
  });
});
