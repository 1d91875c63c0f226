import { describe, expect, it } from "vitest";
import { at, BERLIN, type Case, everyDay, input, rule, wall } from "@/tests/support/slots-cases";
import { computeSlots } from "./slots";

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
      "Berlin: a window that would end before it starts is dropped",
      {
        ...BERLIN,
        from: "2027-03-28T00:00+01:00",
        to: "2027-03-29T00:00+02:00",
        rules: [rule(7, "02:30", "03:00")],
        visitType: { durationMinutes: 10, intervalMinutes: 10 },
      },
      [],
    ],
    [
      "Cairo, spring forward at midnight: a night shift has an hour less",
      {
        timeZone: "Africa/Cairo",
        from: "2026-04-23T12:00+02:00",
        to: "2026-04-24T12:00+03:00",
        rules: [rule(4, "22:00", "02:00")],
      },
      ["2026-04-23T22:00+02:00", "2026-04-23T23:00+02:00", "2026-04-24T01:00+03:00"],
    ],
    [
      "Cairo, fall back at midnight: an evening has an hour more",
      {
        timeZone: "Africa/Cairo",
        from: "2026-10-29T12:00+03:00",
        to: "2026-10-30T12:00+02:00",
        rules: [rule(4, "22:00", "00:00")],
      },
      ["2026-10-29T22:00+03:00", "2026-10-29T23:00+03:00", "2026-10-29T23:00+02:00"],
    ],
    [
      "Beirut: the day begins at one o'clock when midnight is skipped",
      {
        timeZone: "Asia/Beirut",
        from: "2026-03-29T01:00+03:00",
        to: "2026-03-29T12:00+03:00",
        rules: [rule(7, "00:00", "03:00")],
      },
      ["2026-03-29T01:00+03:00", "2026-03-29T02:00+03:00"],
    ],
    [
      "Santiago: the hour before midnight that comes twice is of one date, for the limit of a day too",
      {
        timeZone: "America/Santiago",
        from: "2026-04-04T12:00-03:00",
        to: "2026-04-05T12:00-04:00",
        rules: [rule(6, "22:00", "02:00")],
        visitType: { maxPerDay: 1 },
        bookedStarts: [at("2026-04-04T23:30-04:00")],
      },
      ["2026-04-05T00:00-04:00", "2026-04-05T01:00-04:00"],
    ],
    [
      "Azores, fall back at one o'clock: the first hour of the day comes twice",
      {
        timeZone: "Atlantic/Azores",
        from: "2026-10-24T12:00+00:00",
        to: "2026-10-25T12:00-01:00",
        rules: [rule(7, "00:00", "02:00")],
      },
      ["2026-10-25T00:00+00:00", "2026-10-25T00:00-01:00", "2026-10-25T01:00-01:00"],
    ],
    [
      "Lord Howe, fall back: half an hour comes twice",
      {
        timeZone: "Australia/Lord_Howe",
        from: "2026-04-05T00:00+11:00",
        to: "2026-04-05T12:00+10:30",
        rules: [rule(7, "01:00", "03:00")],
        visitType: { durationMinutes: 30, intervalMinutes: 30 },
      },
      [
        "2026-04-05T01:00+11:00",
        "2026-04-05T01:30+11:00",
        "2026-04-05T01:30+10:30",
        "2026-04-05T02:00+10:30",
        "2026-04-05T02:30+10:30",
      ],
    ],
    [
      "Chatham changes at a quarter to three",
      {
        timeZone: "Pacific/Chatham",
        from: "2026-09-27T00:00+12:45",
        to: "2026-09-27T12:00+13:45",
        rules: [rule(7, "02:00", "05:00")],
      },
      ["2026-09-27T02:00+12:45", "2026-09-27T04:00+13:45"],
    ],
    [
      "Apia: the night before the skipped date goes on in the one after it, also when nobody asks about that night",
      {
        timeZone: "Pacific/Apia",
        from: "2011-12-31T00:00+14:00",
        to: "2011-12-31T12:00+14:00",
        rules: [rule(4, "22:00", "02:00")],
      },
      ["2011-12-31T00:00+14:00", "2011-12-31T01:00+14:00"],
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
