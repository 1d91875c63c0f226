import { describe, expect, it } from "vitest";
import { standingOf, waitOf } from "./standing";

const waiting = (entryId: string, over: object = {}) => ({
  entryId,
  visitTypeId: "call",
  language: undefined,
  priority: 0,
  joinedAt: Number(entryId),
  notBy: new Set<string>(),
  ...over,
});
const taker = (over: object = {}) => ({
  languages: ["en"],
  visitTypeIds: new Set(["call"]),
  freeInMinutes: 0,
  seats: 2,
  ...over,
});

describe("a place in the line", () => {
  it("is behind whoever came before and whom staff let go first", () => {
    const line = [waiting("1"), waiting("2"), waiting("3", { priority: 1 })];
    expect(standingOf(line, [taker()], "2", 10)).toEqual({ place: 3, expectedMinutes: 20, onDuty: 1 });
    expect(standingOf(line, [taker()], "3", 10)).toEqual({ place: 1, expectedMinutes: 0, onDuty: 1 });
  });

  it("is nowhere for whoever does not wait", () => {
    expect(standingOf([waiting("1")], [taker()], "9", 10)).toEqual({
      place: 0,
      expectedMinutes: null,
      onDuty: 0,
    });
  });
});

describe("an expected wait", () => {
  const wish = { visitTypeId: "call", language: undefined };
  it.each([
    ["is not known with nobody on duty", [], [], { expectedMinutes: null, onDuty: 0 }],
    ["is none with somebody free", [], [taker()], { expectedMinutes: 0, onDuty: 1 }],
    [
      "is not known where the one on duty has overrun their time",
      [],
      [taker({ freeInMinutes: undefined })],
      { expectedMinutes: null, onDuty: 1 },
    ],
    [
      "does not count in front whom nobody able could see anyway",
      [{ visitTypeId: "other", language: undefined }],
      [taker({ freeInMinutes: 3 })],
      { expectedMinutes: 3, onDuty: 1 },
    ],
    [
      "asks only those who speak the language",
      [],
      [taker({ languages: ["ru"], freeInMinutes: 4 }), taker({ languages: ["de"] })],
      { expectedMinutes: 4, onDuty: 1 },
    ],
  ])("%s", (what, ahead, takers, expected) => {
    const language = what.includes("language") ? "ru" : undefined;
    expect(waitOf(ahead, takers, { ...wish, language }, 10)).toEqual(expected);
  });
});
