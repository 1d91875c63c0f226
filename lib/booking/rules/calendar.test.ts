import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import type { FreeSlot } from "@/lib/availability/types";
import {
  dayDistance,
  groupByDate,
  groupByPartOfDay,
  lastBookableDate,
  listWindow,
  monthWindow,
  repeatedClockTimes,
} from "./calendar";

const date = (text: string) => Temporal.PlainDate.from(text);
const instant = (text: string) => Temporal.Instant.from(text);
const slots = (...starts: string[]): FreeSlot[] =>
  starts.map((start) => ({ startAt: instant(start), endAt: instant(start).add({ minutes: 30 }) }));
/** The first and the last date that a month's weeks show, and how many weeks there are. */
const shown = ({ weeks }: ReturnType<typeof monthWindow>) => [
  weeks[0]?.[0]?.toString(),
  weeks.at(-1)?.at(-1)?.toString(),
  weeks.length,
];

describe("monthWindow", () => {
  // Wednesday
  const bounds = { today: date("2026-11-25"), lastDate: date("2027-01-24") };

  it("shows whole weeks from Monday, those of this month that are not over", () => {
    const window = monthWindow(date("2026-11-25"), bounds);
    expect(shown(window)).toEqual(["2026-11-23", "2026-12-06", 2]);
    expect(window.month.toString()).toBe("2026-11-01");
    expect(window.weeks.every((week) => week.length === 7 && week[0]?.dayOfWeek === 1)).toBe(true);
    expect(window.previous).toBeUndefined();
    expect(window.next?.toString()).toBe("2026-12-01");
  });

  it("is the same for each day of its month", () => {
    for (const day of ["2026-12-01", "2026-12-06", "2026-12-31"]) {
      expect(shown(monthWindow(date(day), bounds)), day).toEqual(["2026-11-30", "2027-01-03", 5]);
    }
  });

  it("has every date once, also in months when the clocks change and in leap years", () => {
    const long = { today: date("2027-01-01"), lastDate: date("2028-12-31") };
    for (const [month, first, last, weeks] of [
      ["2027-02-10", "2027-02-01", "2027-02-28", 4],
      ["2027-03-28", "2027-03-01", "2027-04-04", 5],
      ["2027-10-31", "2027-09-27", "2027-10-31", 5],
      ["2028-02-29", "2028-01-31", "2028-03-05", 5],
      ["2027-05-01", "2027-04-26", "2027-06-06", 6],
    ] as const) {
      const window = monthWindow(date(month), long);
      expect(shown(window)).toEqual([first, last, weeks]);
      const dates = window.weeks.flat();
      expect(new Set(dates.map(String)).size).toBe(weeks * 7);
      expect(dates.every((day, index) => day.equals(date(first).add({ days: index })))).toBe(true);
    }
  });

  it("begins on Monday on a Sunday too, and on the last day of a month", () => {
    const sunday = date("2026-11-29");
    expect(shown(monthWindow(sunday, { ...bounds, today: sunday }))).toEqual(["2026-11-23", "2026-12-06", 2]);
    const monday = date("2026-11-30");
    expect(shown(monthWindow(monday, { ...bounds, today: monday }))).toEqual(["2026-11-30", "2026-12-06", 1]);
  });

  it("leads as far as something can be booked, and no further", () => {
    const last = monthWindow(date("2027-01-01"), bounds);
    expect(last.next).toBeUndefined();
    expect(last.previous?.toString()).toBe("2026-12-01");
    const onFirst = { ...bounds, lastDate: date("2027-02-01") };
    expect(monthWindow(date("2027-01-01"), onFirst).next?.toString()).toBe("2027-02-01");
  });

  it("brings dates from outside back to the nearest that can be booked", () => {
    expect(shown(monthWindow(date("1999-01-01"), bounds))[0]).toBe("2026-11-23");
    expect(shown(monthWindow(date("2999-01-01"), bounds))[0]).toBe("2026-12-28");
  });
});

describe("listWindow", () => {
  const bounds = { today: date("2026-11-25"), lastDate: date("2027-01-24") };
  const ends = (asked: string) => Object.values(listWindow(date(asked), bounds)).map(String);

  it("is six weeks from a date on, and ends with the last one that can be booked", () => {
    expect(ends("2026-11-25")).toEqual(["2026-11-25", "2027-01-05"]);
    expect(ends("2027-01-06")).toEqual(["2027-01-06", "2027-01-24"]);
  });

  it("brings dates from outside back to the nearest that can be booked", () => {
    expect(ends("1999-01-01")).toEqual(["2026-11-25", "2027-01-05"]);
    expect(ends("2999-01-01")).toEqual(["2027-01-24", "2027-01-24"]);
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
