import { describe, expect, it } from "vitest";
import { weeklyHoursSchema } from "./weekly-hours";

const practitionerId = "0198a000-0000-7000-8000-000000000001";
const parse = (fields: Record<string, string>) => weeklyHoursSchema.safeParse({ practitionerId, ...fields });

/** Field → fault, as the form's action reads them. */
const faults = (fields: Record<string, string>) =>
  Object.fromEntries(parse(fields).error?.issues.map((issue) => [issue.path[0], issue.message]) ?? []);

describe("the hours editor's form", () => {
  it("becomes intervals in the order of the week, whatever rows are empty", () => {
    const parsed = parse({
      "start.2.0": "",
      "end.2.0": "",
      "start.2.1": "09:00",
      "end.2.1": "12:00",
      "start.1.0": "14:00:00",
      "end.1.0": "18:00",
      "aroundTheClock.7": "on",
    });
    expect(parsed.data).toEqual({
      practitionerId,
      hours: [
        { weekday: 1, startTime: "14:00", endTime: "18:00" },
        { weekday: 2, startTime: "09:00", endTime: "12:00" },
        { weekday: 7, startTime: "00:00", endTime: "00:00" },
      ],
    });
  });

  it("may be wholly empty: no hours", () => {
    expect(parse({}).data?.hours).toEqual([]);
  });

  it.each<[string, Record<string, string>, Record<string, string>]>([
    ["half an interval", { "start.1.0": "09:00", "end.1.0": "" }, { "end.1.0": "time" }],
    ["no time", { "start.1.0": "9 am", "end.1.0": "10:00" }, { "start.1.0": "time" }],
    ["24:00", { "start.1.0": "20:00", "end.1.0": "24:00" }, { "end.1.0": "time" }],
    ["equal times", { "start.1.0": "00:00", "end.1.0": "00:00" }, { "end.1.0": "same_time" }],
    [
      "an overlap",
      { "start.1.0": "09:00", "end.1.0": "12:00", "start.1.1": "11:00", "end.1.1": "13:00" },
      { "start.1.1": "overlap" },
    ],
    [
      "a night into a day around the clock",
      { "start.1.0": "22:00", "end.1.0": "02:00", "aroundTheClock.2": "on" },
      { "aroundTheClock.2": "overlap" },
    ],
  ])("%s is refused at its field", (_name, fields, expected) => {
    expect(faults(fields)).toEqual(expected);
  });

  it("takes an end before the start as the next day", () => {
    expect(parse({ "start.5.0": "22:00", "end.5.0": "06:00" }).data?.hours).toEqual([
      { weekday: 5, startTime: "22:00", endTime: "06:00" },
    ]);
  });

  it("is for a practitioner's id and nothing else", () => {
    expect(weeklyHoursSchema.safeParse({ practitionerId: "1; DROP TABLE" }).success).toBe(false);
  });
});
