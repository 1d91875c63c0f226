import { describe, expect, it } from "vitest";
import type { DatedInterval, Weekday } from "../types";
import { plansOf, rulesOf, withoutPlan, withPlan } from "./plans";

const at = (weekday: Weekday, startTime: string, endTime: string) => ({ weekday, startTime, endTime });
const MORNING = [at(1, "09:00", "12:00")];
const EVENING = [at(1, "17:00", "20:00")];
const OPEN = { from: null, to: null };

describe("weekly plans", () => {
  it("are one without dates, also where there are no hours", () => {
    expect(plansOf(MORNING)).toEqual([{ ...OPEN, hours: MORNING }]);
    expect(plansOf([])).toEqual([{ ...OPEN, hours: [] }]);
  });

  it("end the day before the next begins", () => {
    const rules = withPlan(MORNING, { from: "2027-01-01", to: null, hours: EVENING });
    expect(plansOf(rules)).toEqual([
      { from: null, to: "2026-12-31", hours: MORNING },
      { from: "2027-01-01", to: null, hours: EVENING },
    ]);
  });

  it("give a summer hours of its own, and the year goes on after it", () => {
    const rules = withPlan(MORNING, { from: "2027-07-01", to: "2027-08-31", hours: [] });
    expect(plansOf(rules)).toEqual([
      { from: null, to: "2027-06-30", hours: MORNING },
      { from: "2027-07-01", to: "2027-08-31", hours: [] },
      { from: "2027-09-01", to: null, hours: MORNING },
    ]);
    expect(withoutPlan(rules, "2027-07-01")).toEqual(MORNING);
  });

  it("replace what lies within their time and cut what crosses its ends", () => {
    const summer = withPlan(MORNING, { from: "2027-07-01", to: "2027-08-31", hours: EVENING });
    const rules = withPlan(summer, { from: "2027-08-01", to: null, hours: [] });
    expect(plansOf(rules).map(({ from, hours }) => [from, hours.length])).toEqual([
      [null, 1],
      ["2027-07-01", 1],
      ["2027-08-01", 0],
    ]);
    expect(plansOf(withPlan(summer, { ...OPEN, hours: EVENING }))).toEqual([{ ...OPEN, hours: EVENING }]);
  });

  it("read rules whose dates overlap as what holds on each day", () => {
    const rules: DatedInterval[] = [
      ...MORNING.map((rule) => ({ ...rule, validTo: "2027-03-31" })),
      ...EVENING.map((rule) => ({ ...rule, validFrom: "2027-03-01" })),
    ];
    expect(plansOf(rules).map(({ from, to, hours }) => [from, to, hours.length])).toEqual([
      [null, "2027-02-28", 1],
      ["2027-03-01", "2027-03-31", 2],
      ["2027-04-01", null, 1],
    ]);
    expect(plansOf(rulesOf(plansOf(rules)))).toEqual(plansOf(rules));
  });

  it("are not taken away where none begins, and never the first", () => {
    expect(withoutPlan(MORNING, "2027-01-01")).toBeUndefined();
  });
});
