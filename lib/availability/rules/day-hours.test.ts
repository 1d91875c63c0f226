import { describe, expect, it } from "vitest";
import { hasOwnHours, workingTimeWithin } from "./day-hours";

const ms = (text: string) => Date.parse(text);
const day = { start: ms("2027-03-15T00:00:00Z"), end: ms("2027-03-16T00:00:00Z") };
const said = (schedule: Parameters<typeof workingTimeWithin>[0]) =>
  workingTimeWithin(schedule, day).map(({ start, end }) => [
    new Date(start).toISOString().slice(11, 16),
    new Date(end).toISOString().slice(11, 16),
  ]);

describe("the working time of a day", () => {
  const monday = { weekday: 1, startTime: "09:00", endTime: "13:00" } as const;

  it("is the week's, on the practitioner's clock", () => {
    expect(said({ timeZone: "Europe/Berlin", rules: [monday], overrides: [] })).toEqual([["08:00", "12:00"]]);
  });

  it("is the date's own where it has some", () => {
    const overrides = [{ date: "2027-03-15", intervals: [{ startTime: "15:00", endTime: "16:00" }] }];
    expect(said({ timeZone: "UTC", rules: [monday], overrides })).toEqual([["15:00", "16:00"]]);
    expect(
      said({ timeZone: "UTC", rules: [monday], overrides: [{ date: "2027-03-15", intervals: [] }] }),
    ).toEqual([]);
    expect(hasOwnHours({ overrides }, "2027-03-15")).toBe(true);
    expect(hasOwnHours({ overrides }, "2027-03-16")).toBe(false);
  });

  it("ends with the day, and begins with it where the night before is worked", () => {
    const nights = [7, 1].map((weekday) => ({
      weekday: weekday as 1 | 7,
      startTime: "22:00",
      endTime: "06:00",
    }));
    expect(said({ timeZone: "UTC", rules: nights, overrides: [] })).toEqual([
      ["00:00", "06:00"],
      ["22:00", "00:00"],
    ]);
  });
});
