import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { computeSlots } from "./slots";
import type { ComputeSlotsInput } from "./slots-input";

/** Reads a local time with its offset, so that each expected value shows what a clock on the wall says. */
const at = (text: string) => Temporal.Instant.from(text).epochMilliseconds;

const HOURLY = {
  durationMinutes: 60,
  intervalMinutes: 60,
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 0,
  minNoticeMinutes: 0,
  horizonDays: 60,
};

type Case = Omit<Partial<ComputeSlotsInput>, "visitType" | "from" | "to" | "now"> & {
  timeZone: string;
  from: string;
  to: string;
  now?: string;
  visitType?: Partial<ComputeSlotsInput["visitType"]>;
};

const input = ({ from, to, now, visitType, ...rest }: Case): ComputeSlotsInput => ({
  rules: [],
  overrides: [],
  busy: [],
  blocked: [],
  bookedStarts: [],
  ...rest,
  visitType: { ...HOURLY, ...visitType },
  from: at(from),
  to: at(to),
  now: at(now ?? from),
});

/** The starts as a clock in the schedule's zone shows them: "Sun 29 01:30+01:00". */
function wall(given: ComputeSlotsInput): string[] {
  return computeSlots(given).map((start) => {
    const local = Temporal.Instant.fromEpochMilliseconds(start).toZonedDateTimeISO(given.timeZone);
    return `${local.toPlainDateTime().toString({ smallestUnit: "minute" })}${local.offset}`;
  });
}

const rule = (weekday: 1 | 2 | 3 | 4 | 5 | 6 | 7, startTime: string, endTime: string) => ({
  weekday,
  startTime,
  endTime,
});

const everyDay = (startTime: string, endTime: string) =>
  ([1, 2, 3, 4, 5, 6, 7] as const).map((weekday) => rule(weekday, startTime, endTime));

const BERLIN = { timeZone: "Europe/Berlin" };
/** Monday 23 November 2026. */
const MONDAY = { from: "2026-11-23T00:00+01:00", to: "2026-11-24T00:00+01:00" };

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

describe("computeSlots when clocks change", () => {
  it.each<[string, Case, string[]]>([
    [
      "Berlin, spring forward: the hour that is not there has no start",
      {
        ...BERLIN,
        from: "2027-03-28T00:00+01:00",
        to: "2027-03-28T12:00+02:00",
        rules: [rule(7, "01:00", "05:00")],
      },
      ["2027-03-28T01:00+01:00", "2027-03-28T03:00+02:00", "2027-03-28T04:00+02:00"],
    ],
    [
      "Berlin, fall back: the hour that comes twice is offered twice",
      {
        ...BERLIN,
        from: "2026-10-25T00:00+02:00",
        to: "2026-10-25T12:00+01:00",
        rules: [rule(7, "01:00", "04:00")],
      },
      [
        "2026-10-25T01:00+02:00",
        "2026-10-25T02:00+02:00",
        "2026-10-25T02:00+01:00",
        "2026-10-25T03:00+01:00",
      ],
    ],
    [
      "Berlin: a window inside the missing hour is dropped where nothing of it is left",
      {
        ...BERLIN,
        from: "2027-03-28T00:00+01:00",
        to: "2027-03-29T00:00+02:00",
        rules: [rule(7, "02:00", "03:00")],
        visitType: { durationMinutes: 10, intervalMinutes: 10 },
      },
      [],
    ],
    [
      "New York: a night shift keeps its wall-clock end through the change",
      {
        timeZone: "America/New_York",
        from: "2026-10-31T12:00-04:00",
        to: "2026-11-01T12:00-05:00",
        rules: [rule(6, "23:00", "02:00")],
      },
      [
        "2026-10-31T23:00-04:00",
        "2026-11-01T00:00-04:00",
        "2026-11-01T01:00-04:00",
        "2026-11-01T01:00-05:00",
      ],
    ],
    [
      "Lord Howe moves by half an hour",
      {
        timeZone: "Australia/Lord_Howe",
        from: "2026-10-04T00:00+10:30",
        to: "2026-10-04T12:00+11:00",
        rules: [rule(7, "01:30", "04:00")],
        visitType: { durationMinutes: 30, intervalMinutes: 30 },
      },
      [
        "2026-10-04T01:30+10:30",
        "2026-10-04T02:30+11:00",
        "2026-10-04T03:00+11:00",
        "2026-10-04T03:30+11:00",
      ],
    ],
    [
      "Havana: the day begins at one o'clock when midnight is skipped",
      {
        timeZone: "America/Havana",
        from: "2026-03-08T00:00-05:00",
        to: "2026-03-08T04:00-04:00",
        rules: [rule(7, "00:00", "03:00")],
      },
      ["2026-03-08T01:00-04:00", "2026-03-08T02:00-04:00"],
    ],
    [
      "Apia: a date that was skipped has no windows, and the night before it goes on in the next",
      {
        timeZone: "Pacific/Apia",
        from: "2011-12-29T12:00-10:00",
        to: "2011-12-31T12:00+14:00",
        rules: [rule(4, "22:00", "02:00"), rule(5, "09:00", "17:00"), rule(6, "09:00", "10:00")],
      },
      [
        "2011-12-29T22:00-10:00",
        "2011-12-29T23:00-10:00",
        "2011-12-31T00:00+14:00",
        "2011-12-31T01:00+14:00",
        "2011-12-31T09:00+14:00",
      ],
    ],
    [
      "Kathmandu: quarters of an hour from Greenwich are whole hours on the wall",
      {
        timeZone: "Asia/Kathmandu",
        from: "2026-11-23T00:00+05:45",
        to: "2026-11-24T00:00+05:45",
        rules: [rule(1, "09:00", "11:00")],
      },
      ["2026-11-23T09:00+05:45", "2026-11-23T10:00+05:45"],
    ],
  ])("%s", (_name, given, expected) => {
    expect(wall(input(given))).toEqual(expected);
  });

  it("works around the clock for as many hours as the day has", () => {
    const day = (from: string, to: string) =>
      computeSlots(input({ ...BERLIN, from, to, rules: everyDay("00:00", "00:00") })).length;
    expect(day("2027-03-28T00:00+01:00", "2027-03-29T00:00+02:00")).toBe(23);
    expect(day("2026-11-23T00:00+01:00", "2026-11-24T00:00+01:00")).toBe(24);
    expect(day("2026-10-25T00:00+02:00", "2026-10-26T00:00+01:00")).toBe(25);
  });

  it("takes a visit across midnight when both days are worked", () => {
    const given = {
      ...BERLIN,
      from: "2026-11-23T23:00+01:00",
      to: "2026-11-24T00:00+01:00",
      rules: everyDay("00:00", "00:00"),
      visitType: { durationMinutes: 90, intervalMinutes: 30 },
    };
    expect(wall(input(given))).toEqual(["2026-11-23T23:00+01:00", "2026-11-23T23:30+01:00"]);
  });
});

describe("computeSlots refuses what no schedule can mean", () => {
  const good = input({ ...BERLIN, ...MONDAY, rules: [rule(1, "09:00", "12:00")] });
  it.each<[string, Partial<ComputeSlotsInput>]>([
    ["timeZone", { timeZone: "Mars/Olympus" }],
    ["timeZone", { timeZone: "+02:00" }],
    ["visitType.durationMinutes", { visitType: { ...HOURLY, durationMinutes: 0 } }],
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
