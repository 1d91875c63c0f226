import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { offerDeadline, suits, type Wishes } from "./wishes";

const at = (text: string) => Temporal.Instant.from(text);
const any: Wishes = {
  fromOn: "2026-11-23",
  toOn: "2026-11-29",
  weekdays: [],
  fromTime: "00:00",
  toTime: "00:00",
  timeZone: "Europe/Berlin",
};

describe("suits", () => {
  it.each<[string, Partial<Wishes>, string, boolean]>([
    ["a date between the wished ones", {}, "2026-11-25T10:00+01:00", true],
    ["the first and the last date", { toOn: "2026-11-23" }, "2026-11-23T23:30+01:00", true],
    ["no date before", {}, "2026-11-22T10:00+01:00", false],
    ["no date after", {}, "2026-11-30T00:00+01:00", false],
    ["a wished weekday", { weekdays: [3] }, "2026-11-25T10:00+01:00", true],
    ["no other weekday", { weekdays: [1, 2] }, "2026-11-25T10:00+01:00", false],
    [
      "hours that hold the whole visit",
      { fromTime: "09:00", toTime: "10:30" },
      "2026-11-25T10:00+01:00",
      true,
    ],
    ["no visit that ends after the hours", { toTime: "10:15" }, "2026-11-25T10:00+01:00", false],
    ["no visit that begins before the hours", { fromTime: "10:01" }, "2026-11-25T10:00+01:00", false],
    [
      "the date and the hour on the chosen clock",
      { timeZone: "Asia/Tokyo", fromTime: "18:00" },
      "2026-11-25T10:00+01:00",
      true,
    ],
    ["a visit over midnight where any hour will do", {}, "2026-11-25T23:45+01:00", true],
    ["no visit over midnight before a wished end", { toTime: "23:59" }, "2026-11-25T23:45+01:00", false],
    ["the last half hour of a day", { fromTime: "23:00" }, "2026-11-25T23:30+01:00", true],
  ])("takes %s", (_what, wishes, start, expected) => {
    expect(suits({ ...any, ...wishes }, at(start), 30)).toBe(expected);
  });
});

describe("offerDeadline", () => {
  const now = at("2026-11-25T10:00:00Z");
  const visit = (hours: number, minNoticeMinutes = 0) => ({ startAt: now.add({ hours }), minNoticeMinutes });

  it("is what the clinic gives, and never past what could be booked", () => {
    expect(offerDeadline(visit(5), 60, now)).toEqual(now.add({ minutes: 60 }));
    expect(offerDeadline(visit(5, 270), 60, now)).toEqual(now.add({ minutes: 30 }));
  });

  it("is none where it would be too short", () => {
    expect(offerDeadline(visit(1, 51), 60, now)).toBeUndefined();
    expect(offerDeadline(visit(-1), 60, now)).toBeUndefined();
  });
});
