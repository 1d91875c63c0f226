import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { nextComparisonSeconds, nextPollSeconds, nextSteps, type WatchedVisit } from "./polling";

const at = (time: string) => Temporal.Instant.from(`2027-03-14T${time}Z`);
const watched = (over: Partial<WatchedVisit> = {}): WatchedVisit => ({
  encounterStatus: "arrived",
  calledAt: undefined,
  isVirtual: false,
  startAt: at("10:30:00"),
  endAt: at("10:50:00"),
  startedAt: undefined,
  wasRunning: true,
  selfStartedAt: undefined,
  emptySince: undefined,
  aloneSince: undefined,
  ...over,
});
const STOPPED = { isRunning: false, participants: 0 };
const EMPTY = { isRunning: true, participants: 0 };
const ALONE = { isRunning: true, participants: 1 };
const FULL = { isRunning: true, participants: 2 };
const GRACE = { emptyGraceMinutes: 10, aloneGraceMinutes: 20, longestOverrunMinutes: 240 };

describe("a conference that does not run", () => {
  it.each([
    ["10:29:59", {}, []],
    ["10:30:29", {}, []],
    ["10:30:30", {}, ["run"]],
    ["10:49:59", {}, ["run"]],
    ["10:50:00", {}, []],
    ["10:30:30", { isVirtual: true }, []],
    ["10:45:00", { calledAt: at("10:31:00") }, []],
    ["10:45:00", { selfStartedAt: at("10:30:00") }, []],
  ] as const)("at %s, %j: %j", (time, over, steps) => {
    expect(nextSteps(watched(over), STOPPED, GRACE, at(time))).toEqual(steps);
  });
});

describe("a conference that runs although nobody has started the visit", () => {
  it("is noted once", () => {
    expect(nextSteps(watched(), FULL, GRACE, at("10:30:05"))).toEqual(["note_self_started"]);
    expect(nextSteps(watched({ selfStartedAt: at("10:30:00") }), FULL, GRACE, at("10:30:05"))).toEqual([]);
  });

  it("is expected where the practitioner is being rung", () => {
    expect(nextSteps(watched({ calledAt: at("10:30:00") }), FULL, GRACE, at("10:30:05"))).toEqual([]);
  });

  it("is stopped when nobody comes, and not run again", () => {
    const started = watched({ selfStartedAt: at("10:30:00") });
    expect(nextSteps(started, EMPTY, GRACE, at("10:30:05"))).toEqual(["note_empty"]);
    const empty = { ...started, emptySince: at("10:30:05") };
    expect(nextSteps(empty, EMPTY, GRACE, at("10:40:04"))).toEqual([]);
    expect(nextSteps(empty, EMPTY, GRACE, at("10:40:05"))).toEqual(["stop"]);
    expect(nextSteps(empty, STOPPED, GRACE, at("10:40:10"))).toEqual([]);
  });
});

describe("the conference that rang and that nobody answered", () => {
  it("is stopped, and does not ring again by itself", () => {
    const rung = watched({ calledAt: at("10:30:00"), emptySince: at("10:30:05") });
    expect(nextSteps(rung, EMPTY, GRACE, at("10:40:04"))).toEqual([]);
    expect(nextSteps(rung, EMPTY, GRACE, at("10:40:05"))).toEqual(["stop"]);
    expect(nextSteps({ ...rung, emptySince: undefined }, STOPPED, GRACE, at("10:40:10"))).toEqual([]);
  });
});

describe("the conference of a visit in progress", () => {
  const begun = (over: Partial<WatchedVisit> = {}) => watched({ encounterStatus: "in_progress", ...over });
  const left = (since: string) => begun({ emptySince: at(since), aloneSince: at(since) });

  it.each([
    ["both are in it", begun(), FULL, "13:00:00", []],
    ["one is left", begun(), ALONE, "10:40:00", ["note_alone"]],
    ["nobody is left", begun(), EMPTY, "10:40:00", ["note_empty", "note_alone"]],
    ["the second goes too", begun({ aloneSince: at("10:35:00") }), EMPTY, "10:40:00", ["note_empty"]],
    ["one is back", left("10:35:00"), ALONE, "10:40:00", ["note_filled"]],
    ["both are back", left("10:35:00"), FULL, "10:40:00", ["note_filled", "note_together"]],
  ] as const)("where %s", (_what, visit, seen, time, steps) => {
    expect(nextSteps(visit, seen, GRACE, at(time))).toEqual(steps);
  });

  it.each([
    ["10:35:00", "10:49:59", []],
    ["10:35:00", "10:50:00", ["finish"]],
    ["10:55:00", "11:04:59", []],
    ["10:55:00", "11:05:00", ["finish"]],
  ] as const)("empty since %s, at %s: %j", (since, time, steps) => {
    expect(nextSteps(left(since), EMPTY, GRACE, at(time))).toEqual(steps);
  });

  it.each([
    ["within its time", "10:31:00", undefined, "10:49:59", []],
    ["when its time is over", "10:30:00", undefined, "10:50:00", ["finish"]],
    ["left alone just before that", "10:45:00", undefined, "11:04:59", []],
    ["for the whole grace time", "10:45:00", undefined, "11:05:00", ["finish"]],
    ["left alone after it", "11:30:00", undefined, "11:49:59", []],
    ["for as long after it", "11:30:00", undefined, "11:50:00", ["finish"]],
    ["in one that began late", "10:55:00", at("10:50:00"), "11:15:00", ["finish"]],
    ["in one that began later still", "11:00:00", at("11:00:00"), "11:19:59", []],
  ] as const)(
    "with one in it alone, %s: since %s, begun %s, at %s: %j",
    (_what, since, startedAt, time, steps) => {
      expect(nextSteps(begun({ aloneSince: at(since), startedAt }), ALONE, GRACE, at(time))).toEqual(steps);
    },
  );

  it("is run again where it was seen stopped twice, and no more once the visit has been left", () => {
    const stopped = begun({ emptySince: at("10:35:00"), aloneSince: at("10:35:00") });
    expect(nextSteps(stopped, STOPPED, GRACE, at("10:35:05"))).toEqual([]);
    const again = { ...stopped, wasRunning: false };
    expect(nextSteps(again, STOPPED, GRACE, at("10:35:10"))).toEqual(["run_again"]);
    expect(nextSteps(begun({ wasRunning: false }), STOPPED, GRACE, at("10:35:00"))).toEqual([
      "note_empty",
      "note_alone",
      "run_again",
    ]);
    expect(nextSteps(again, STOPPED, GRACE, at("10:50:00"))).toEqual(["finish"]);
  });
});

describe("how often TrueConf is asked", () => {
  const rung = watched({ calledAt: at("10:30:00") });
  it.each([
    [[], "10:30:00", 60],
    [[watched()], "10:30:00", 5],
    [[watched(), rung], "10:30:00", 1],
    [[watched(), rung], "10:30:44", 1],
    [[watched(), rung], "10:30:45", 5],
    [[{ ...rung, encounterStatus: "in_progress" as const }], "10:30:10", 5],
  ] as const)("for %j at %s: every %d s", (visits, time, seconds) => {
    expect(nextPollSeconds(visits, at(time))).toBe(seconds);
  });

  it("for its whole list seldom, while nothing is near", () => {
    expect([true, false].map(nextComparisonSeconds)).toEqual([60, 600]);
  });
});
