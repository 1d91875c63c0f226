import { describe, expect, it } from "vitest";
import type { Weekday, WeeklyInterval } from "../types";
import { describeHours, hoursPerWeek, previewWeek } from "./hours";

const on = (weekdays: Weekday[], startTime: string, endTime: string): WeeklyInterval[] =>
  weekdays.map((weekday) => ({ weekday, startTime, endTime }));

describe("describeHours", () => {
  it("says like neighbours once, in the reader's language", () => {
    const hours = [
      ...on([1, 2, 3, 4, 5], "14:00", "18:00"),
      ...on([1, 2, 3, 4, 5], "09:00", "13:00"),
      ...on([7], "22:00", "02:00"),
    ];
    expect(describeHours(hours, "en", "around the clock")).toEqual([
      "Mon–Fri 09:00–13:00, 14:00–18:00",
      "Sun 22:00–02:00",
    ]);
    expect(describeHours(on([1, 3], "00:00", "00:00"), "ru", "круглосуточно")).toEqual([
      "Пн круглосуточно",
      "Ср круглосуточно",
    ]);
  });
});

describe("previewWeek", () => {
  it("shows a night on both of its days, from Sunday to Monday too", () => {
    const [monday, ...others] = previewWeek(on([7], "22:00", "02:00"));
    expect(monday?.parts).toEqual([{ start: 0, end: 120 }]);
    expect(others.at(-1)?.parts).toEqual([{ start: 1320, end: 1440 }]);
  });
});

describe("hoursPerWeek", () => {
  it("counts nights whole", () => {
    expect(hoursPerWeek([...on([1, 2], "09:00", "12:30"), ...on([7], "22:00", "02:15")])).toBe(11.25);
  });
});
