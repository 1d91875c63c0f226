import { describe, expect, it } from "vitest";
import {
  at,
  BERLIN,
  type Case,
  everyDay,
  HOURLY,
  input,
  MONDAY,
  rule,
  wall,
} from "@/tests/support/slots-cases";
import { computeSlots } from "./slots";
import type { ComputeSlotsInput } from "./slots-input";

describe("computeSlots on an ordinary day", () => {
  it.each<[string, Case, string[]]>([
    [
      "offers each start whose visit fits the hours",
      { ...BERLIN, ...MONDAY, rules: [rule(1, "09:00", "12:00")] },
      ["2026-11-23T09:00+01:00", "2026-11-23T10:00+01:00", "2026-11-23T11:00+01:00"],
    ],
    [
      "has no start whose visit would end after the hours",
      { ...BERLIN, ...MONDAY, rules: [rule(1, "09:00", "10:30")], visitType: { intervalMinutes: 30 } },
      ["2026-11-23T09:00+01:00", "2026-11-23T09:30+01:00"],
    ],
    [
      "lets a visit run over two windows that touch",
      {
        ...BERLIN,
        ...MONDAY,
        rules: [rule(1, "09:00", "10:30"), rule(1, "10:30", "12:00")],
      },
      ["2026-11-23T09:00+01:00", "2026-11-23T10:00+01:00", "2026-11-23T10:30+01:00"],
    ],
    [
      "gives a start offered by two windows once",
      { ...BERLIN, ...MONDAY, rules: [rule(1, "09:00", "11:00"), rule(1, "10:00", "11:00")] },
      ["2026-11-23T09:00+01:00", "2026-11-23T10:00+01:00"],
    ],
    [
      "keeps the range half-open and lets a visit end after it",
      {
        ...BERLIN,
        from: "2026-11-23T10:00+01:00",
        to: "2026-11-23T11:00+01:00",
        rules: [rule(1, "09:00", "13:00")],
      },
      ["2026-11-23T10:00+01:00"],
    ],
    [
      "takes an override's intervals instead of the weekday's",
      {
        ...BERLIN,
        ...MONDAY,
        rules: [rule(1, "09:00", "12:00")],
        overrides: [{ date: "2026-11-23", intervals: [{ startTime: "15:00", endTime: "16:00" }] }],
      },
      ["2026-11-23T15:00+01:00"],
    ],
    [
      "is closed on a date whose override has no intervals",
      {
        ...BERLIN,
        ...MONDAY,
        rules: [rule(1, "09:00", "12:00")],
        overrides: [{ date: "2026-11-23", intervals: [] }],
      },
      [],
    ],
    [
      "follows a rule's first and last day",
      {
        ...BERLIN,
        from: "2026-11-23T00:00+01:00",
        to: "2026-12-15T00:00+01:00",
        rules: [{ ...rule(1, "09:00", "10:00"), validFrom: "2026-11-30", validTo: "2026-12-07" }],
      },
      ["2026-11-30T09:00+01:00", "2026-12-07T09:00+01:00"],
    ],
    [
      "has one start where the interval is longer than the window",
      { ...BERLIN, ...MONDAY, rules: [rule(1, "09:00", "12:00")], visitType: { intervalMinutes: 240 } },
      ["2026-11-23T09:00+01:00"],
    ],
    [
      "lets a visit run over midnight where the next day's window touches",
      {
        ...BERLIN,
        from: "2026-11-23T22:00+01:00",
        to: "2026-11-24T00:00+01:00",
        rules: [rule(1, "20:00", "00:00"), rule(2, "00:00", "03:00")],
        visitType: { durationMinutes: 120 },
      },
      ["2026-11-23T22:00+01:00", "2026-11-23T23:00+01:00"],
    ],
    [
      "gives a night shift to the date on which it starts: closed on the next date, it goes on",
      {
        ...BERLIN,
        from: "2026-11-23T00:00+01:00",
        to: "2026-11-25T00:00+01:00",
        rules: [rule(1, "22:00", "02:00"), rule(2, "09:00", "12:00")],
        overrides: [{ date: "2026-11-24", intervals: [] }],
      },
      [
        "2026-11-23T22:00+01:00",
        "2026-11-23T23:00+01:00",
        "2026-11-24T00:00+01:00",
        "2026-11-24T01:00+01:00",
      ],
    ],
    [
      "gives a night shift to the date on which it starts: on its last valid date, it goes on",
      {
        ...BERLIN,
        from: "2026-11-24T00:00+01:00",
        to: "2026-12-02T00:00+01:00",
        rules: [{ ...rule(1, "22:00", "02:00"), validTo: "2026-11-23" }],
      },
      ["2026-11-24T00:00+01:00", "2026-11-24T01:00+01:00"],
    ],
    [
      "takes the horizon from a start's own date, not from its window's",
      {
        ...BERLIN,
        from: "2026-11-23T00:00+01:00",
        to: "2026-11-25T00:00+01:00",
        rules: [rule(1, "22:00", "02:00")],
        visitType: { horizonDays: 0 },
      },
      ["2026-11-23T22:00+01:00", "2026-11-23T23:00+01:00"],
    ],
    [
      "takes the limit of a day from a start's own date, not from its window's",
      {
        ...BERLIN,
        from: "2026-11-23T00:00+01:00",
        to: "2026-11-25T00:00+01:00",
        rules: [rule(1, "22:00", "02:00")],
        visitType: { maxPerDay: 1 },
        bookedStarts: [at("2026-11-24T15:00+01:00")],
      },
      ["2026-11-23T22:00+01:00", "2026-11-23T23:00+01:00"],
    ],
    [
      "is empty for an inverted range",
      { ...BERLIN, from: MONDAY.to, to: MONDAY.from, rules: everyDay("00:00", "00:00") },
      [],
    ],
  ])("%s", (_name, given, expected) => {
    expect(wall(input(given))).toEqual(expected);
  });
});

describe("computeSlots around claims", () => {
  const nine = { ...BERLIN, ...MONDAY, rules: [rule(1, "09:00", "13:00")] };
  const interval = (start: string, end: string) => ({
    start: at(`2026-11-23T${start}+01:00`),
    end: at(`2026-11-23T${end}+01:00`),
  });
  const hours = (given: Case) => wall(input(given)).map((text) => text.slice(11, 16));

  it("leaves out what meets a claim, and keeps what only touches one", () => {
    expect(hours({ ...nine, busy: [interval("10:00", "11:00")] })).toEqual(["09:00", "11:00", "12:00"]);
  });

  it("keeps buffers free of claims, though they may lie outside the hours", () => {
    const visitType = { bufferBeforeMinutes: 15, bufferAfterMinutes: 15 };
    expect(hours({ ...nine, visitType, busy: [interval("11:00", "11:05")] })).toEqual(["09:00", "12:00"]);
  });

  it("compares what is blocked with the visit alone", () => {
    const visitType = { bufferBeforeMinutes: 15, bufferAfterMinutes: 15 };
    expect(hours({ ...nine, visitType, blocked: [interval("11:00", "12:00")] })).toEqual([
      "09:00",
      "10:00",
      "12:00",
    ]);
  });

  it("ignores empty and inverted intervals", () => {
    const nothing = [interval("10:00", "10:00"), interval("12:00", "09:00")];
    expect(hours({ ...nine, busy: nothing, blocked: nothing })).toHaveLength(4);
  });

  it("keeps the notice", () => {
    const now = "2026-11-23T09:01+01:00";
    expect(hours({ ...nine, now, visitType: { minNoticeMinutes: 60 } })).toEqual(["11:00", "12:00"]);
    expect(hours({ ...nine, now: "2026-11-23T09:00+01:00" })).toContain("09:00");
  });

  it("counts the horizon in civil days of the schedule's zone", () => {
    const given = {
      ...BERLIN,
      from: "2026-11-23T00:00+01:00",
      to: "2026-12-01T00:00+01:00",
      now: "2026-11-23T23:30+01:00",
      rules: everyDay("00:00", "01:00"),
      visitType: { horizonDays: 2 },
    };
    expect(wall(input(given)).map((text) => text.slice(0, 10))).toEqual(["2026-11-24", "2026-11-25"]);
  });

  it("offers nothing more on a date that holds its number of visits", () => {
    const given = {
      ...BERLIN,
      from: "2026-11-23T00:00+01:00",
      to: "2026-11-25T00:00+01:00",
      rules: everyDay("09:00", "11:00"),
      visitType: { maxPerDay: 2 },
      bookedStarts: [
        at("2026-11-23T00:00+01:00"),
        at("2026-11-23T23:59+01:00"),
        at("2026-11-24T00:00+01:00"),
      ],
    };
    expect(wall(input(given)).map((text) => text.slice(0, 10))).toEqual(["2026-11-24", "2026-11-24"]);
  });
});

describe("computeSlots refuses what no schedule can mean", () => {
  const good = input({ ...BERLIN, ...MONDAY, rules: [rule(1, "09:00", "12:00")] });
  it.each<[string, Partial<ComputeSlotsInput>]>([
    ["timeZone", { timeZone: "Mars/Olympus" }],
    ["timeZone", { timeZone: "+02:00" }],
    ["visitType.durationMinutes", { visitType: { ...HOURLY, durationMinutes: 0 } }],
    ["visitType.durationMinutes", { visitType: { ...HOURLY, durationMinutes: Number.MAX_SAFE_INTEGER } }],
    ["visitType.intervalMinutes", { visitType: { ...HOURLY, intervalMinutes: -5 } }],
    ["visitType.intervalMinutes", { visitType: { ...HOURLY, intervalMinutes: 7.5 } }],
    ["visitType.bufferBeforeMinutes", { visitType: { ...HOURLY, bufferBeforeMinutes: Number.NaN } }],
    ["visitType.bufferAfterMinutes", { visitType: { ...HOURLY, bufferAfterMinutes: -1 } }],
    ["visitType.minNoticeMinutes", { visitType: { ...HOURLY, minNoticeMinutes: Number.NaN } }],
    ["visitType.horizonDays", { visitType: { ...HOURLY, horizonDays: 1.5 } }],
    ["visitType.maxPerDay", { visitType: { ...HOURLY, maxPerDay: 0.5 } }],
    ["from", { from: Number.NaN }],
    ["to", { to: Number.NaN }],
    ["now", { now: Number.NaN }],
    ["now", { now: 8.64e15 }],
    ["to", { to: Number.POSITIVE_INFINITY, visitType: { ...HOURLY, horizonDays: Number.MAX_SAFE_INTEGER } }],
    ["busy", { busy: [{ start: Number.NaN, end: 1 }] }],
    ["blocked", { blocked: [{ start: 1, end: Number.NaN }] }],
    ["bookedStarts", { bookedStarts: [Number.NaN] }],
    ["rules.startTime", { rules: [rule(1, "24:00", "12:00")] }],
    ["rules.endTime", { rules: [rule(1, "09:00", "24:00")] }],
    ["rules.validFrom", { rules: [{ ...rule(1, "09:00", "12:00"), validFrom: "2027-02-30" }] }],
    ["overrides.date", { overrides: [{ date: "2027-02-29", intervals: [] }] }],
    [
      "overrides.date",
      {
        overrides: [
          { date: "2026-11-23", intervals: [] },
          { date: "2026-11-23", intervals: [] },
        ],
      },
    ],
    [
      "overrides.intervals.startTime",
      { overrides: [{ date: "2026-11-23", intervals: [{ startTime: "9:00", endTime: "10:00" }] }] },
    ],
  ])("%s", (field, change) => {
    expect(() => computeSlots({ ...good, ...change })).toThrow(RangeError);
    expect(() => computeSlots({ ...good, ...change })).toThrow(field);
  });
});
