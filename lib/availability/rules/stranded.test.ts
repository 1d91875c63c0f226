import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import type { Weekday } from "../types";
import { closureInterval, timeOffInterval } from "./away";
import { misfitsOf, type ScheduleState, strandedBy } from "./stranded";

const BERLIN = "Europe/Berlin";
const every = (startTime: string, endTime: string) =>
  ([1, 2, 3, 4, 5, 6, 7] as Weekday[]).map((weekday) => ({ weekday, startTime, endTime }));
const state = (over: Partial<ScheduleState> = {}): ScheduleState => ({
  timeZone: BERLIN,
  rules: every("09:00", "17:00"),
  overrides: [],
  active: true,
  timesOff: [],
  closures: [],
  ...over,
});
const visit = (start: string, minutes = 30) => {
  const at = Temporal.Instant.from(start).epochMilliseconds;
  return { start: at, end: at + minutes * 60_000 };
};

describe("a booked visit", () => {
  it.each<[string, Partial<ScheduleState>, ReturnType<typeof visit>, string[]]>([
    ["within hours fits", {}, visit("2026-11-23T16:30+01:00"), []],
    ["that ends after them does not", {}, visit("2026-11-23T16:45+01:00"), ["hours"]],
    [
      "across two intervals that touch fits",
      { rules: [...every("09:00", "12:00"), ...every("12:00", "14:00")] },
      visit("2026-11-23T11:45+01:00"),
      [],
    ],
    [
      "of the night shift fits after midnight, by the hours of the day before",
      { rules: [{ weekday: 1, startTime: "22:00", endTime: "06:00" }] },
      visit("2026-11-24T05:30+01:00"),
      [],
    ],
    [
      "of a night shift has no hours once its first day is closed",
      {
        rules: [{ weekday: 1, startTime: "22:00", endTime: "06:00" }],
        overrides: [{ date: "2026-11-23", intervals: [] }],
      },
      visit("2026-11-24T05:30+01:00"),
      ["hours"],
    ],
    [
      "of a night shift that spills into a closed day is closed there",
      {
        rules: [{ weekday: 1, startTime: "22:00", endTime: "06:00" }],
        closures: [closureInterval({ startOn: "2026-11-24", endOn: "2026-11-24" }, BERLIN)],
      },
      visit("2026-11-23T23:45+01:00"),
      ["closure"],
    ],
    [
      "in the hour that comes twice fits hours that end after it",
      { rules: every("01:00", "03:30") },
      visit("2026-10-25T02:30+01:00"),
      [],
    ],
    [
      "that begins when time off ends is free of it",
      {
        timesOff: [
          timeOffInterval(
            { startOn: "2026-11-23", startTime: "09:00", endOn: "2026-11-23", endTime: "12:00" },
            BERLIN,
          ),
        ],
      },
      visit("2026-11-23T12:00+01:00"),
      [],
    ],
    [
      "has every reason that applies",
      {
        active: false,
        rules: [],
        timesOff: [
          timeOffInterval(
            { startOn: "2026-11-23", startTime: "00:00", endOn: "2026-11-24", endTime: "00:00" },
            BERLIN,
          ),
        ],
        closures: [closureInterval({ startOn: "2026-11-20", endOn: "2026-11-23" }, BERLIN)],
      },
      visit("2026-11-23T12:00+01:00"),
      ["inactive", "hours", "time_off", "closure"],
    ],
  ])("%s", (_name, over, booked, expected) => {
    expect(misfitsOf(state(over), booked)).toEqual(expected);
  });

  it("is stranded by a zone that moves the hours away from it", () => {
    const booked = [visit("2026-11-23T09:00+01:00"), visit("2026-11-23T15:00+01:00")];
    expect(strandedBy(state(), state({ timeZone: "America/New_York" }), booked)).toEqual([booked[0]]);
  });

  it("on the day the clocks change is where its wall clock says", () => {
    const booked = [visit("2027-03-28T09:00+02:00")];
    expect(strandedBy(state(), state({ rules: every("10:00", "17:00") }), booked)).toEqual(booked);
    expect(strandedBy(state(), state({ rules: every("09:00", "10:00") }), booked)).toEqual([]);
  });

  it("that was outside before is asked about for a new reason only", () => {
    const booked = [visit("2026-11-23T20:00+01:00")];
    const away = timeOffInterval(
      { startOn: "2026-11-23", startTime: "18:00", endOn: "2026-11-24", endTime: "00:00" },
      BERLIN,
    );
    expect(strandedBy(state(), state({ rules: every("10:00", "17:00") }), booked)).toEqual([]);
    expect(strandedBy(state(), state({ timesOff: [away] }), booked)).toEqual(booked);
  });
});
