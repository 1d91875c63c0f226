import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import type { FreeSlot } from "@/lib/availability/types";
import { listWindow, monthWindow } from "../rules/calendar";
import { describeCalendar } from "./calendar";
import { describeDayList } from "./day-list";
import { parseTimesKey } from "./live-times";
import { timesPath } from "./paths";
import type { TimesInput } from "./times";

const practitionerId = "0198a000-0000-7000-8000-000000000001";
const visitTypeId = "0198a000-0000-7000-8000-000000000002";
const instant = (text: string) => Temporal.Instant.from(text);
const date = (text: string) => Temporal.PlainDate.from(text);
const slots = (...starts: string[]): FreeSlot[] =>
  starts.map((start) => ({ startAt: instant(start), endAt: instant(start).add({ minutes: 30 }) }));
/** Half-hours of one day from 09:00 UTC on. */
const day = (on: string, count: number) =>
  slots(
    ...Array.from({ length: count }, (_, index) =>
      instant(`${on}T09:00:00Z`)
        .add({ minutes: 30 * index })
        .toString(),
    ),
  );

const now = instant("2026-11-23T08:00:00Z");
const bounds = { today: date("2026-11-23"), lastDate: date("2026-12-03") };
const free = slots("2026-11-24T22:30:00Z", "2026-11-24T23:30:00Z", "2026-11-25T10:00:00Z");

const inputOf = (some: readonly FreeSlot[], asked: Partial<TimesInput> = {}): TimesInput => ({
  practitionerId,
  visitTypeId,
  link: (query) => timesPath("p", query),
  slots: some,
  firstFree: free[0],
  day: undefined,
  ...bounds,
  practitionerTimeZone: "Asia/Tokyo",
  held: undefined,
  isLive: true,
  isHolder: false,
  ...asked,
});

describe("describeCalendar", () => {
  const describeFor = (
    asked: Partial<TimesInput> = {},
    { timeZone = "Europe/Berlin", some = free, locale = "en", planned = [] as Temporal.Instant[] } = {},
  ) =>
    describeCalendar(
      {
        ...inputOf(some, asked),
        window: monthWindow(bounds.today, bounds),
        planned: [...some.map(({ startAt }) => startAt), ...planned],
        earliest: now.add({ hours: 24 }),
      },
      { locale, timeZone },
      now,
    );

  it("opens the first day with a free time, and the day that was asked for", () => {
    expect(describeFor().chosen?.name).toBe("Tuesday 24 November");
    expect(describeFor({ day: "2026-11-25" }).chosen?.name).toBe("Wednesday 25 November");
    const tokyo = describeFor({ day: "2026-11-25" }, { timeZone: "Asia/Tokyo" });
    expect(tokyo.chosen?.parts.map(({ part }) => part)).toEqual(["morning", "evening"]);
  });

  it("opens a day without free times when it was asked for, and says where the first one is", () => {
    const calendar = describeFor({ day: "2026-11-26" });
    expect(calendar.chosen).toMatchObject({ name: "Thursday 26 November", freeTimes: 0, parts: [] });
    expect(calendar.firstFree).toEqual({
      date: "Tuesday 24 November",
      time: "23:30",
      href: "/practitioners/p?day=2026-11-24#day",
    });
  });

  it("opens a day of the month itself rather than one of its edge weeks", () => {
    const december = { today: bounds.today, lastDate: date("2027-01-31") };
    const some = slots("2026-11-30T10:00:00Z", "2026-12-02T10:00:00Z");
    const openedIn = (among: readonly FreeSlot[]) =>
      describeCalendar(
        {
          ...inputOf(among, december),
          window: monthWindow(date("2026-12-01"), december),
          planned: [],
          earliest: now,
        },
        { locale: "en", timeZone: "Europe/Berlin" },
        now,
      ).chosen?.date;
    expect(openedIn(some)).toBe("2026-12-02");
    expect(openedIn(some.slice(0, 1))).toBe("2026-11-30");
  });

  it("opens nothing where the whole month has nothing", () => {
    expect(describeFor({}, { some: [] }).chosen).toBeNull();
  });

  it("counts free times by day and part of the day, and says why a day has none", () => {
    const { weeks, title, weekdays } = describeFor();
    expect(title).toBe("November 2026");
    expect(weekdays[0]).toEqual({ short: "Mon", long: "Monday" });
    expect(weeks.flat().map(({ freeTimes }) => freeTimes)).toEqual([0, 1, 2, ...Array(11).fill(0)]);
    expect(weeks[0]?.[2]?.sizes).toEqual([1, 1]);
    expect(weeks.map((week) => week.map(({ empty }) => empty))).toEqual([
      ["over", null, null, "closed", "closed", "closed", "closed"],
      ["closed", "closed", "closed", "closed", "beyond", "beyond", "beyond"],
    ]);
  });

  it("tells a day that is full or too near from one without visits", () => {
    const planned = ["2026-11-23T09:00:00Z", "2026-11-26T09:00:00Z"].map(instant);
    const [week] = describeFor({}, { planned }).weeks;
    expect(week?.map(({ empty }) => empty)).toEqual([
      "too_soon",
      null,
      null,
      "full",
      "closed",
      "closed",
      "closed",
    ]);
  });

  it("names month and days in Russian", () => {
    const { title, weekdays } = describeFor({}, { locale: "ru" });
    expect(title).toBe("Ноябрь 2026");
    expect(weekdays[0]).toEqual({ short: "пн", long: "понедельник" });
  });

  it("keeps the month when a day of its edge weeks is opened", () => {
    const [, days] = describeFor().weeks;
    expect(days?.map(({ isOtherMonth }) => isOtherMonth)).toEqual([false, ...Array(6).fill(true)]);
    expect(days?.[0]?.href).toBe("/practitioners/p?day=2026-11-30#day");
    expect(days?.[1]?.href).toBe("/practitioners/p?day=2026-12-01&from=2026-11-01#day");
  });

  it("shows a moment on both clocks only where they differ", () => {
    expect(describeFor().clocks).toMatchObject({
      here: { time: "23:30", shortDate: "Tue 24 Nov" },
      there: { time: "07:30", shortDate: "Wed 25 Nov" },
    });
    expect(describeFor({}, { timeZone: "Asia/Tokyo" }).clocks).toBeNull();
  });

  it("follows the dates that it shows, on days of 23 and 25 hours too", () => {
    const october = { today: date("2027-10-01"), lastDate: date("2027-10-31") };
    const calendar = describeCalendar(
      { ...inputOf([], october), window: monthWindow(october.today, october), planned: [], earliest: now },
      { locale: "en", timeZone: "Europe/Berlin" },
      instant("2027-10-01T08:00:00Z"),
    );
    const lengths = calendar.weeks.flat().map(({ fromMinute, toMinute }) => (toMinute - fromMinute) / 60);
    expect(lengths.at(-1)).toBe(25);
    expect(new Set(lengths.slice(0, -1))).toEqual(new Set([24]));
    expect(parseTimesKey(calendar.liveKey ?? "")).toEqual({
      practitionerId,
      visitTypeId,
      fromMinute: calendar.weeks[0]?.[0]?.fromMinute,
      toMinute: calendar.weeks.at(-1)?.at(-1)?.toMinute,
      isHolder: false,
    });
  });

  it("follows nothing where what is free depends on a visit that is being moved", () => {
    expect(describeFor({ isLive: false }).liveKey).toBeNull();
  });

  it("says until when the visitor holds a time, and where it is booked", () => {
    const held = { startAt: instant("2026-11-25T10:00:00Z"), expiresAt: instant("2026-11-23T08:09:30Z") };
    expect(describeFor({ held }).held).toMatchObject({
      date: "Wednesday 25 November",
      time: "11:00",
      untilTime: "09:09",
      href: `/book/${practitionerId}/${visitTypeId}/20261125T1000Z`,
    });
  });
});

describe("describeDayList", () => {
  const long = { today: date("2026-11-23"), lastDate: date("2027-02-28") };
  const many = Array.from({ length: 9 }, (_, index) =>
    day(date("2026-11-24").add({ days: index }).toString(), 8),
  ).flat();
  const describeFor = (asked: Partial<TimesInput> = {}, { from = "2026-11-23", count = 7 } = {}) =>
    describeDayList(
      { ...inputOf(many, { ...long, ...asked }), window: listWindow(date(from), long), count },
      { locale: "en", timeZone: "UTC" },
      now,
    );

  it("shows the next days with the first times of each", () => {
    const { days, moreHref, moreFrom, firstHref } = describeFor();
    expect(days).toHaveLength(7);
    expect(days[0]).toMatchObject({ name: "Tuesday 24 November", freeTimes: 8, isOpen: false });
    expect(days[0]?.parts.flatMap(({ times }) => times)).toHaveLength(6);
    expect(days[0]?.allHref).toBe("/practitioners/p?view=list&day=2026-11-24#day");
    expect([moreHref, moreFrom, firstHref]).toEqual([
      "/practitioners/p?view=list&days=14",
      "2026-12-01",
      null,
    ]);
  });

  it("shows all times of the day that was opened, and keeps the rest of the address", () => {
    const { days } = describeFor({ day: "2026-11-25" }, { count: 14 });
    expect(days[1]).toMatchObject({ isOpen: true, allHref: null });
    expect(days[1]?.parts.flatMap(({ times }) => times)).toHaveLength(8);
    expect(days[0]?.allHref).toBe("/practitioners/p?view=list&day=2026-11-24&days=14#day");
  });

  it("goes on after the weeks that it looks through, and back to its beginning", () => {
    expect(describeFor({}, { count: 14 })).toMatchObject({
      moreHref: "/practitioners/p?view=list&from=2027-01-04",
      moreFrom: null,
    });
    expect(describeFor({ slots: [] }, { from: "2027-01-04" })).toMatchObject({
      days: [],
      moreHref: "/practitioners/p?view=list&from=2027-02-15",
      firstHref: "/practitioners/p?view=list",
    });
    expect(describeFor({ slots: [] }, { from: "2027-02-15" }).moreHref).toBeNull();
  });
});
