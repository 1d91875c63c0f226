import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { nextPollSeconds, nextSteps, type WatchedVisit } from "./polling";

const at = (time: string) => Temporal.Instant.from(`2027-03-14T${time}Z`);
const watched = (over: Partial<WatchedVisit> = {}): WatchedVisit => ({
  encounterStatus: "arrived",
  isCalled: false,
  isVirtual: false,
  startAt: at("10:30:00"),
  endAt: at("10:50:00"),
  selfStartedAt: undefined,
  emptySince: undefined,
  ...over,
});
const STOPPED = { isRunning: false, participants: 0 };
const EMPTY = { isRunning: true, participants: 0 };
const FULL = { isRunning: true, participants: 2 };
const GRACE = 10;

describe("a conference that does not run", () => {
  it.each([
    ["10:29:59", {}, []],
    ["10:30:29", {}, []],
    ["10:30:30", {}, ["run"]],
    ["10:49:59", {}, ["run"]],
    ["10:50:00", {}, []],
    ["10:30:30", { isVirtual: true }, []],
    ["10:30:30", { encounterStatus: "in_progress" }, []],
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
    expect(nextSteps(watched({ isCalled: true }), FULL, GRACE, at("10:30:05"))).toEqual([]);
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

describe("the conference of a visit in progress", () => {
  const running = watched({ encounterStatus: "in_progress", emptySince: at("10:35:00") });
  it("waits for both within the visit's time, and is ended after it", () => {
    expect(nextSteps(running, EMPTY, GRACE, at("10:49:59"))).toEqual([]);
    expect(nextSteps(running, EMPTY, GRACE, at("10:50:00"))).toEqual(["finish"]);
    const late = { ...running, emptySince: at("10:55:00") };
    expect(nextSteps(late, EMPTY, GRACE, at("11:04:59"))).toEqual([]);
    expect(nextSteps(late, EMPTY, GRACE, at("11:05:00"))).toEqual(["finish"]);
  });

  it("is not empty any more when somebody is back", () => {
    expect(nextSteps(running, FULL, GRACE, at("10:40:00"))).toEqual(["note_filled"]);
    expect(nextSteps(watched({ encounterStatus: "in_progress" }), FULL, GRACE, at("13:00:00"))).toEqual([]);
  });
});

describe("how often TrueConf is asked", () => {
  it.each([
    [[], 60],
    [[watched()], 5],
    [[watched(), watched({ isCalled: true })], 1],
    [[watched({ isCalled: true, encounterStatus: "in_progress" })], 5],
  ] as const)("for %j: every %d s", (visits, seconds) => {
    expect(nextPollSeconds(visits)).toBe(seconds);
  });
});
