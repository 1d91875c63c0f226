import { describe, expect, it } from "vitest";
import { closureSchema } from "./closures";
import { overrideSchema, timeOffSchema } from "./schedule";
import { weeklyHoursSchema } from "./weekly-hours";

const practitionerId = "0198a000-0000-7000-8000-000000000001";
type Parsed = {
  success: boolean;
  data?: unknown;
  error?: { issues: { path: PropertyKey[]; message: string }[] };
};
/** Field → its first fault, as the form's action reads them. */
const faultsOf = ({ error }: Parsed) =>
  Object.fromEntries(error?.issues.toReversed().map(({ path, message }) => [String(path[0]), message]) ?? []);

describe("time off", () => {
  const parse = (fields: Record<string, string>) => timeOffSchema.safeParse({ practitionerId, ...fields });

  it.each<[string, Record<string, string>, Record<string, string>]>([
    [
      "without a second date is one whole day",
      { awayFrom: "2026-12-31", awayUntil: "", awayFromTime: "", awayUntilTime: "" },
      { startOn: "2026-12-31", startTime: "00:00", endOn: "2027-01-01", endTime: "00:00" },
    ],
    [
      "ends with its last day",
      { awayFrom: "2026-12-24", awayUntil: "2026-12-26" },
      { startOn: "2026-12-24", startTime: "00:00", endOn: "2026-12-27", endTime: "00:00" },
    ],
    [
      "may be some hours of a day",
      { awayFrom: "2026-12-24", awayFromTime: "10:00:00", awayUntilTime: "12:30" },
      { startOn: "2026-12-24", startTime: "10:00", endOn: "2026-12-24", endTime: "12:30" },
    ],
  ])("%s", (_name, fields, expected) => {
    expect(parse(fields).data).toMatchObject(expected);
  });

  it.each<[string, Record<string, string>, Record<string, string>]>([
    ["a date that is none", { awayFrom: "2027-02-30" }, { awayFrom: "date" }],
    ["a year that no clinic plans", { awayFrom: "9999-01-01" }, { awayFrom: "date" }],
    ["no date", { awayFrom: "" }, { awayFrom: "required" }],
    ["an end before the start", { awayFrom: "2026-12-24", awayUntil: "2026-12-23" }, { awayUntil: "order" }],
    [
      "hours backwards",
      { awayFrom: "2026-12-24", awayFromTime: "12:00", awayUntilTime: "12:00" },
      { awayUntil: "order" },
    ],
    ["no time", { awayFrom: "2026-12-24", awayFromTime: "25:00" }, { awayFromTime: "time" }],
  ])("is refused for %s", (_name, fields, expected) => {
    expect(faultsOf(parse(fields))).toEqual(expected);
  });
});

describe("a special day", () => {
  const parse = (fields: Record<string, string>) =>
    overrideSchema.safeParse({ practitionerId, overrideDate: "2026-12-24", ...fields });
  const HOURS = { "start.date.0": "09:00", "end.date.0": "12:00" };

  it("is closed, or has hours; those of a closed day are left aside", () => {
    expect(parse({ openness: "closed", ...HOURS }).data?.intervals).toEqual([]);
    expect(parse({ openness: "open", ...HOURS }).data?.intervals).toEqual([
      { startTime: "09:00", endTime: "12:00" },
    ]);
    expect(parse({ openness: "open", "aroundTheClock.date": "on" }).data?.intervals).toEqual([
      { startTime: "00:00", endTime: "00:00" },
    ]);
  });

  it("is refused without an answer, without hours, and with hours that overlap or are equal", () => {
    expect(faultsOf(parse({}))).toEqual({ openness: "required" });
    expect(faultsOf(parse({ openness: "open" }))).toEqual({ openness: "no_hours" });
    const twice = { ...HOURS, "start.date.1": "11:00", "end.date.1": "13:00" };
    expect(faultsOf(parse({ openness: "open", ...twice }))).toEqual({ "start.date.1": "overlap" });
    const equal = { "start.date.0": "00:00", "end.date.0": "00:00" };
    expect(faultsOf(parse({ openness: "open", ...equal }))).toEqual({ "end.date.0": "same_time" });
  });
});

describe("dates of weekly hours", () => {
  const parse = (fields: Record<string, string>) =>
    weeklyHoursSchema.safeParse({ practitionerId, ...fields });

  it("are open where they are empty; new hours have to begin some day", () => {
    expect(parse({ validFrom: "", validTo: "" }).data).toMatchObject({
      validFrom: undefined,
      validTo: undefined,
    });
    expect(faultsOf(parse({ newPlan: "on", validFrom: "" }))).toEqual({ validFrom: "required" });
    expect(faultsOf(parse({ validFrom: "2027-02-01", validTo: "2027-01-31" }))).toEqual({ validTo: "order" });
    expect(faultsOf(parse({ validFrom: "soon" }))).toEqual({ validFrom: "date" });
  });
});

describe("a closure", () => {
  it("is one day without a second date, and never ends before it begins", () => {
    const closure = { title: "Invented holiday", closedFrom: "2026-12-24" };
    expect(closureSchema.safeParse({ ...closure, closedUntil: "" }).data?.endOn).toBe("2026-12-24");
    expect(faultsOf(closureSchema.safeParse({ ...closure, closedUntil: "2026-12-23" }))).toEqual({
      closedUntil: "order",
    });
    expect(faultsOf(closureSchema.safeParse({ ...closure, title: "a\u202eb" }))).toEqual({
      title: "characters",
    });
  });
});
