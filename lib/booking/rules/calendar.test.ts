import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import type { FreeSlot } from "@/lib/availability/types";
import {
  calendarWindow,
  dayDistance,
  groupByDate,
  groupByPartOfDay,
  lastBookableDate,
  repeatedClockTimes,
} from "./calendar";

const date = (text: string) => Temporal.PlainDate.from(text);
const instant = (text: string) => Temporal.Instant.from(text);
const slots = (...starts: string[]): FreeSlot[] =>
  starts.map((start) => ({ startAt: instant(start), endAt: instant(start).add({ minutes: 30 }) }));
const shown = (window: ReturnType<typeof calendarWindow>) => [
  window.dates[0]?.toString(),
  window.dates.at(-1)?.toString(),
];

describe("calendarWindow", () => {
  // Wednesday
  const bounds = { today: date("2026-11-25"), lastDate: date("2026-12-24") };

  it("shows fourteen days from the Monday of this week", () => {
    const window = calendarWindow(date("2026-11-25"), bounds);
    expect(window.dates).toHaveLength(14);
    expect(shown(window)).toEqual(["2026-11-23", "2026-12-06"]);
    expect(window.previous).toBeUndefined();
    expect(window.next?.toString()).toBe("2026-12-07");
  });

  it("has the same window for each of its days", () => {
    for (const day of ["2026-12-07", "2026-12-13", "2026-12-14", "2026-12-20"]) {
      expect(shown(calendarWindow(date(day), bounds)), day).toEqual(["2026-12-07", "2026-12-20"]);
    }
  });

  it("ends with the window that holds the last date that can be booked", () => {
    const window = calendarWindow(date("2026-12-22"), bounds);
    expect(shown(window)).toEqual(["2026-12-21", "2027-01-03"]);
    expect(window.next).toBeUndefined();
    expect(window.previous?.toString()).toBe("2026-12-07");
  });

  it("has no window after the one that the last date ends", () => {
    expect(
      calendarWindow(date("2026-11-25"), { ...bounds, lastDate: date("2026-12-06") }).next,
    ).toBeUndefined();
    expect(
      calendarWindow(date("2026-11-25"), { ...bounds, lastDate: date("2026-12-07") }).next?.toString(),
    ).toBe("2026-12-07");
  });

  it("brings dates from outside back to the nearest that can be booked", () => {
    expect(shown(calendarWindow(date("1999-01-01"), bounds))).toEqual(["2026-11-23", "2026-12-06"]);
    expect(shown(calendarWindow(date("2999-01-01"), bounds))).toEqual(["2026-12-21", "2027-01-03"]);
  });

  it("begins on Monday on a Sunday too", () => {
    const sunday = date("2026-11-29");
    expect(shown(calendarWindow(sunday, { ...bounds, today: sunday }))).toEqual(["2026-11-23", "2026-12-06"]);
  });
});

describe("lastBookableDate", () => {
  it("counts the horizon on the practitioner's calendar", () => {
    // In Almaty (UTC+5) it is the 24th already; its last day ends at 19:00 UTC of the 26th.
    const now = instant("2026-11-23T20:00:00Z");
    expect(lastBookableDate(2, "Asia/Almaty", "Europe/Berlin", now).toString()).toBe("2026-11-26");
    expect(lastBookableDate(2, "Asia/Almaty", "Pacific/Auckland", now).toString()).toBe("2026-11-27");
    expect(lastBookableDate(2, "Europe/Berlin", "Europe/Berlin", now).toString()).toBe("2026-11-25");
  });
});

describe("groupByDate", () => {
  it("puts a time on the date that the viewer's calendar shows", () => {
    const times = slots("2026-11-24T22:30:00Z", "2026-11-24T23:30:00Z");
    const dates = (timeZone: string) =>
      [...groupByDate(times, timeZone)].map(([day, some]) => `${day} ×${some.length}`);
    // Berlin 23:30 and 00:30
    expect(dates("Europe/Berlin")).toEqual(["2026-11-24 ×1", "2026-11-25 ×1"]);
    // Tokyo 07:30 and 08:30 of the next day
    expect(dates("Asia/Tokyo")).toEqual(["2026-11-25 ×2"]);
    // New York 17:30 and 18:30
    expect(dates("America/New_York")).toEqual(["2026-11-24 ×2"]);
  });

  it("keeps a day of 25 hours one day", () => {
    // Berlin, 25 October 2026: 00:00 summer time to 23:30 winter time
    const times = slots("2026-10-24T22:00:00Z", "2026-10-25T22:30:00Z");
    expect([...groupByDate(times, "Europe/Berlin").keys()]).toEqual(["2026-10-25"]);
  });
});

describe("groupByPartOfDay", () => {
  it("divides the day by the viewer's clock and leaves empty parts out", () => {
    const times = slots(
      "2026-11-24T04:30:00Z", // 05:30 in Berlin
      "2026-11-24T05:00:00Z", // 06:00
      "2026-11-24T10:30:00Z", // 11:30
      "2026-11-24T16:00:00Z", // 17:00
    );
    const parts = (timeZone: string) =>
      groupByPartOfDay(times, timeZone).map(({ part, slots: some }) => `${part} ×${some.length}`);
    expect(parts("Europe/Berlin")).toEqual(["night ×1", "morning ×2", "evening ×1"]);
    // 07:30, 08:00, 13:30, 19:00
    expect(parts("Europe/Moscow")).toEqual(["morning ×2", "afternoon ×1", "evening ×1"]);
  });

  it("goes by the clock on the night when an hour is left out", () => {
    // Berlin, 29 March 2026: 01:30, then 03:00
    const times = slots("2026-03-29T00:30:00Z", "2026-03-29T01:00:00Z", "2026-03-29T04:00:00Z");
    expect(groupByPartOfDay(times, "Europe/Berlin").map(({ part }) => part)).toEqual(["night", "morning"]);
  });
});

describe("repeatedClockTimes", () => {
  // Berlin, 25 October 2026: 01:30, 02:30 in summer time, 02:30 in winter time, 03:30
  const night = slots(
    "2026-10-24T23:30:00Z",
    "2026-10-25T00:30:00Z",
    "2026-10-25T01:30:00Z",
    "2026-10-25T02:30:00Z",
  );

  it("finds the two times that read the same when the clocks go back", () => {
    expect([...repeatedClockTimes(night, "Europe/Berlin")]).toEqual([night[1], night[2]]);
  });

  it("finds none in a zone whose clocks stay", () => {
    expect(repeatedClockTimes(night, "Asia/Tokyo").size).toBe(0);
  });
});

describe("dayDistance", () => {
  it("tells today from tomorrow by the viewer's midnight", () => {
    const now = instant("2026-11-24T22:00:00Z");
    const start = instant("2026-11-24T23:30:00Z");
    expect(dayDistance(start, now, "UTC")).toBe("today");
    expect(dayDistance(start, now, "Europe/Berlin")).toBe("tomorrow");
    expect(dayDistance(start, now, "Asia/Tokyo")).toBe("today");
    expect(dayDistance(instant("2026-11-26T00:00:00Z"), now, "UTC")).toBe("later");
    expect(dayDistance(instant("2026-11-23T12:00:00Z"), now, "UTC")).toBe("today");
  });
});
