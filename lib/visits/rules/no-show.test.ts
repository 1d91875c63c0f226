import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import {
  mayBeAutomatic,
  missingFrom,
  type NoShowFacts,
  noShowRefusal,
  proposedNoShow,
  wasThere,
} from "./no-show";

const at = (time: string) => Temporal.Instant.from(`2027-03-16T${time.length === 5 ? `${time}:00` : time}Z`);

const facts = (over: Partial<NoShowFacts> = {}): NoShowFacts => ({
  startAt: at("10:00"),
  appointmentStatus: "booked",
  encounterStatus: "planned",
  toldMinutes: 0,
  patientCame: false,
  practitionerCame: false,
  practitionerBusy: false,
  revertedAt: undefined,
  ...over,
});
const settings = { noShowAfterMinutes: 15 };
const waited = { appointmentStatus: "arrived", encounterStatus: "arrived", patientCame: true } as const;

describe("from when on somebody counts as missing", () => {
  it.each([
    [15, 0, "10:15"],
    [5, 0, "10:05"],
    [15, 20, "10:35"],
    [120, 480, "20:00"],
  ])("%i minutes allowed and %i announced: %s", (noShowAfterMinutes, toldMinutes, time) => {
    expect(missingFrom(facts({ toldMinutes }), { noShowAfterMinutes })).toEqual(at(time));
  });
});

describe("a no-show that was taken back", () => {
  it.each([
    ["before the start, as of a visit begun too early", "09:58", "10:15"],
    ["after it", "10:20", "10:35"],
  ])("%s gives as long again", (_name, reverted, from) => {
    expect(missingFrom(facts({ revertedAt: at(reverted) }), settings)).toEqual(at(from));
  });

  it("is said again by a person alone", () => {
    expect(mayBeAutomatic({ revertedAt: undefined }, { noShowAutomatic: true })).toBe(true);
    expect(mayBeAutomatic({ revertedAt: at("10:20") }, { noShowAutomatic: true })).toBe(false);
    expect(mayBeAutomatic({ revertedAt: undefined }, { noShowAutomatic: false })).toBe(false);
  });
});

describe("whether somebody was there", () => {
  it.each([
    ["still there", undefined, true],
    ["gone when it opened", "09:30", true],
    ["gone a moment before", "09:29:59.999", false],
    ["came and went", "10:05", true],
  ])("%s", (_name, to, expected) => {
    const stay = { side: "patient", toAt: to === undefined ? undefined : at(to) } as const;
    expect(wasThere([stay], "patient", at("09:30"))).toBe(expected);
    expect(wasThere([stay], "practitioner", at("09:30"))).toBe(false);
  });

  it("nobody ever", () => {
    expect(wasThere([], "patient", at("09:30"))).toBe(false);
  });
});

describe("a proposed no-show", () => {
  it.each([
    ["the patient never came, a moment too early", {}, "10:14:59.999", undefined],
    ["the patient never came, at the border", {}, "10:15", "patient"],
    ["the patient never came, long after", {}, "18:00", "patient"],
    ["the lateness was announced, so the patient has time", { toldMinutes: 20 }, "10:34:59", undefined],
    ["and then has none", { toldMinutes: 20 }, "10:35", "patient"],
    ["neither came", { practitionerCame: false }, "10:15", "patient"],
    ["the practitioner looked in", { practitionerCame: true }, "10:15", "patient"],
    ["the patient waited, a moment too early", waited, "10:14:59.999", undefined],
    ["the patient waited, nobody came", waited, "10:15", "practitioner"],
    [
      "the patient waited, the practitioner has said a word",
      { ...waited, practitionerCame: true },
      "10:40",
      undefined,
    ],
    [
      "the patient waited, the practitioner is in another visit",
      { ...waited, practitionerBusy: true },
      "10:40",
      undefined,
    ],
    ["the patient waited, as was announced", { ...waited, toldMinutes: 30 }, "10:44", undefined],
    ["it is in progress", { ...waited, encounterStatus: "in_progress" }, "11:00", undefined],
    ["it is finished", { appointmentStatus: "fulfilled", encounterStatus: "finished" }, "11:00", undefined],
    ["it is cancelled", { appointmentStatus: "cancelled", encounterStatus: "cancelled" }, "11:00", undefined],
    ["it is one already", { appointmentStatus: "noshow", encounterStatus: "cancelled" }, "11:00", undefined],
    ["it is an offer that nobody took", { appointmentStatus: "pending" }, "11:00", undefined],
  ] as const)("%s", (_name, over, time, proposed) => {
    expect(proposedNoShow(facts(over), settings, at(time))).toBe(proposed);
  });
});

describe("what a person may say", () => {
  it.each([
    ["before the start", {}, "09:59:59", "patient", "too_early"],
    ["before the start, of themselves", {}, "09:59:59", "practitioner", "too_early"],
    ["at the start", {}, "10:00", "patient", undefined],
    ["at the start, of themselves", {}, "10:00", "practitioner", undefined],
    ["also of a patient who came and went", waited, "10:30", "patient", undefined],
    ["long after", {}, "23:00", "patient", undefined],
    [
      "in progress, of a patient who never came",
      { encounterStatus: "in_progress" },
      "10:20",
      "patient",
      undefined,
    ],
    [
      "in progress, begun before its time, of a patient who never came",
      { encounterStatus: "in_progress" },
      "09:55",
      "patient",
      "too_early",
    ],
    [
      "in progress, of a patient who was there",
      { ...waited, encounterStatus: "in_progress" },
      "10:20",
      "patient",
      "not_changeable",
    ],
    [
      "in progress, of themselves",
      { encounterStatus: "in_progress" },
      "10:20",
      "practitioner",
      "not_changeable",
    ],
    [
      "finished",
      { appointmentStatus: "fulfilled", encounterStatus: "finished" },
      "10:20",
      "patient",
      "not_changeable",
    ],
    [
      "cancelled",
      { appointmentStatus: "cancelled", encounterStatus: "cancelled" },
      "10:20",
      "patient",
      "not_changeable",
    ],
    [
      "twice",
      { appointmentStatus: "noshow", encounterStatus: "cancelled" },
      "10:20",
      "patient",
      "not_changeable",
    ],
  ] as const)("%s", (_name, over, time, who, refusal) => {
    expect(noShowRefusal(facts(over), who, at(time))).toBe(refusal);
  });
});
