import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { dueAt, endsByItself, latestEndAt } from "./overrun";

const at = (time: string) => Temporal.Instant.from(`2027-03-14T${time}:00Z`);
const SETTINGS = { aloneGraceMinutes: 20, longestOverrunMinutes: 240 };
const visit = (started: string | undefined, alone?: string) => ({
  startAt: at("10:00"),
  endAt: at("10:20"),
  startedAt: started === undefined ? undefined : at(started),
  aloneSince: alone === undefined ? undefined : at(alone),
});

describe("a visit that goes on past its time", () => {
  it.each([
    [undefined, "10:20", "14:20"],
    ["09:55", "10:20", "14:20"],
    ["10:00", "10:20", "14:20"],
    ["11:00", "11:20", "15:20"],
  ])("begun at %s is due at %s, and ended by the clock at %s", (started, due, latest) => {
    expect(dueAt(visit(started))).toEqual(at(due));
    expect(latestEndAt(visit(started), SETTINGS)).toEqual(at(latest));
  });

  it.each([
    ["10:00", undefined, "14:20", "14:05"],
    ["10:00", "10:00", "10:20", "10:20"],
    ["10:00", "10:15", "10:35", "10:20"],
    ["10:00", "10:40", "11:00", "10:40"],
    ["11:00", "11:05", "11:25", "11:20"],
    ["10:00", "14:10", "14:20", "14:05"],
  ])(
    "begun at %s, with one alone since %s, ends by itself at %s and says so from %s",
    (started, alone, ends, said) => {
      expect(endsByItself(visit(started, alone), SETTINGS)).toEqual({ at: at(ends), saidFrom: at(said) });
    },
  );
});
