import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import type { FreeSlot } from "@/lib/availability/types";
import { monthWindow } from "../rules/calendar";
import { describeLanguages } from "./directory";
import { bookingPath, parseBookingStart, timesPath } from "./paths";
import { describeCalendar, describeTimes } from "./times";

const offer = { practitionerId: "p", visitTypeId: "v" };
const instant = (text: string) => Temporal.Instant.from(text);
const slots = (...starts: string[]): FreeSlot[] =>
  starts.map((start) => ({ startAt: instant(start), endAt: instant(start).add({ minutes: 30 }) }));
const berlin = { locale: "en", timeZone: "Europe/Berlin" };

describe("bookingPath", () => {
  it("needs no escapes and leads back to its instant", () => {
    const path = bookingPath(offer, instant("2026-11-24T09:05:00Z"));
    expect(path).toBe("/book/p/v/20261124T0905Z");
    expect(encodeURI(path)).toBe(path);
    expect(parseBookingStart("20261124T0905Z")?.toString()).toBe("2026-11-24T09:05:00Z");
  });

  it.each([
    "",
    "20261124",
    "20261324T0905Z",
    "20260230T0905Z",
    "20261124T2460Z",
    "2026-11-24T09:05:00Z",
    "20261124T0905",
  ])("has no time for %j", (text) => expect(parseBookingStart(text)).toBeUndefined());
});

describe("timesPath", () => {
  it("names only what was chosen", () => {
    expect(timesPath("p")).toBe("/practitioners/p");
    expect(timesPath("p", { visitTypeId: "v", day: "2026-11-24" })).toBe(
      "/practitioners/p?visit=v&day=2026-11-24",
    );
  });
});

describe("describeLanguages", () => {
  it("begins like a sentence and goes on like one", () => {
    expect(describeLanguages(["en", "de"], "en")).toBe("English, German");
    expect(describeLanguages(["en", "de"], "ru")).toBe("Английский, немецкий");
  });
});

describe("describeTimes", () => {
  it("tells apart two times that read the same when the clocks go back", () => {
    const night = slots("2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z", "2026-10-25T02:30:00Z");
    expect(describeTimes(night, offer, berlin).map(({ time, offset }) => [time, offset])).toEqual([
      ["02:30", "GMT+2"],
      ["02:30", "GMT+1"],
      ["03:30", null],
    ]);
  });
});

describe("describeCalendar", () => {
  const now = instant("2026-11-23T08:00:00Z");
  const today = Temporal.PlainDate.from("2026-11-23");
  const lastDate = Temporal.PlainDate.from("2026-12-03");
  const free = slots("2026-11-24T22:30:00Z", "2026-11-24T23:30:00Z", "2026-11-25T10:00:00Z");
  const describeFor = (day: string | undefined, timeZone = "Europe/Berlin", some = free) =>
    describeCalendar(
      {
        ...offer,
        link: (query) => timesPath("p", query),
        window: monthWindow(today, { today, lastDate }),
        slots: some,
        firstFree: free[0],
        day,
        today,
        lastDate,
        practitionerTimeZone: "Asia/Tokyo",
      },
      { locale: "en", timeZone },
      now,
    );

  it("opens the first day with a free time, and the day that was asked for", () => {
    expect(describeFor(undefined).chosen?.name).toBe("Tuesday 24 November");
    expect(describeFor("2026-11-25").chosen?.name).toBe("Wednesday 25 November");
    expect(describeFor("2026-11-25", "Asia/Tokyo").chosen?.parts.map(({ part }) => part)).toEqual([
      "morning",
      "evening",
    ]);
  });

  it("opens a day without free times when it was asked for, and says where the first one is", () => {
    const calendar = describeFor("2026-11-26");
    expect(calendar.chosen).toEqual({
      date: "2026-11-26",
      name: "Thursday 26 November",
      freeTimes: 0,
      parts: [],
    });
    expect(calendar.firstFree).toMatchObject({ date: "Tuesday 24 November", time: "23:30" });
  });

  it("opens nothing where the whole window has nothing", () => {
    expect(describeFor(undefined, "Europe/Berlin", []).chosen).toBeNull();
  });

  it("counts free times by day and says why a day has none", () => {
    const { weeks, title, weekdays } = describeFor(undefined);
    expect(title).toBe("November 2026");
    expect(weekdays[0]).toEqual({ short: "Mon", long: "Monday" });
    expect(weeks.flat().map(({ freeTimes }) => freeTimes)).toEqual([0, 1, 2, ...Array(11).fill(0)]);
    expect(weeks.map((week) => week.map(({ empty }) => empty))).toEqual([
      ["none", null, null, "none", "none", "none", "none"],
      ["none", "none", "none", "none", "beyond", "beyond", "beyond"],
    ]);
  });

  it("keeps the month when a day of its edge weeks is opened", () => {
    const { weeks } = describeFor(undefined);
    const [, days] = weeks;
    expect(days?.map(({ isOtherMonth }) => isOtherMonth)).toEqual([false, ...Array(6).fill(true)]);
    expect(days?.[0]?.href).toBe("/practitioners/p?day=2026-11-30#day");
    expect(days?.[1]?.href).toBe("/practitioners/p?day=2026-12-01&from=2026-11-01#day");
  });

  it("shows a moment on both clocks only where they differ", () => {
    expect(describeFor(undefined).clocks).toMatchObject({
      here: { time: "23:30", shortDate: "Tue 24 Nov" },
      there: { time: "07:30", shortDate: "Wed 25 Nov" },
    });
    expect(describeFor(undefined, "Asia/Tokyo").clocks).toBeNull();
  });
});
