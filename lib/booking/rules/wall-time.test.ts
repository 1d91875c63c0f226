import { describe, expect, it } from "vitest";
import { readWallTime } from "./wall-time";

describe("a date and a time on somebody's clock", () => {
  it.each([
    ["2027-03-14", "10:30", "Europe/Berlin", "2027-03-14T09:30:00Z"],
    // 02:30 is skipped on this night: an hour later on the clock.
    ["2027-03-28", "02:30", "Europe/Berlin", "2027-03-28T01:30:00Z"],
    // 02:30 comes twice: the first.
    ["2027-10-31", "02:30", "Europe/Berlin", "2027-10-31T00:30:00Z"],
  ])("%s %s in %s", (date, time, zone, instant) =>
    expect(readWallTime(date, time, zone)?.toString()).toBe(instant),
  );

  it.each([
    ["2027-02-30", "10:30"],
    ["2027-03-14", "24:00"],
    ["9999-12-31", "10:30"],
    ["2027-03-14", undefined],
    [undefined, "10:30"],
  ])("is none: %s %s", (date, time) => expect(readWallTime(date, time, "UTC")).toBeUndefined());
});
