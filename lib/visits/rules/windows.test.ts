import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { storedVisitSettingsSchema } from "../schema/settings";
import {
  callAgainRefusal,
  joinRefusal,
  linkRights,
  phaseChangesAt,
  startRefusal,
  type VisitTimes,
  visitPhase,
} from "./windows";

const visit = (over: Partial<VisitTimes> = {}): VisitTimes => ({
  startAt: Temporal.Instant.from("2027-03-14T10:30:00Z"),
  endAt: Temporal.Instant.from("2027-03-14T10:50:00Z"),
  appointmentStatus: "booked",
  encounterStatus: "planned",
  windows: storedVisitSettingsSchema.parse({}),
  ...over,
});
const at = (time: string) => Temporal.Instant.from(time.length === 5 ? `2027-03-14T${time}:00Z` : time);

describe("a visit's phase by the clock", () => {
  it.each([
    ["09:59", "booked"],
    ["10:00", "waiting"],
    ["10:30", "waiting"],
    ["11:49", "waiting"],
    ["11:50", "missed"],
  ] as const)("at %s it is %s", (time, phase) => {
    expect(visitPhase(visit(), "patient", at(time))).toBe(phase);
  });

  it("says when the clock will change it", () => {
    expect(phaseChangesAt(visit(), "patient", at("09:00"))).toEqual(at("10:00"));
    expect(phaseChangesAt(visit(), "patient", at("10:00"))).toEqual(at("11:50"));
    expect(phaseChangesAt(visit({ encounterStatus: "in_progress" }), "patient", at("10:40"))).toBeUndefined();
  });
});

describe("a visit's phase by what happened", () => {
  it("stays in progress however late", () => {
    expect(
      visitPhase(
        visit({ encounterStatus: "in_progress", appointmentStatus: "arrived" }),
        "patient",
        at("23:00"),
      ),
    ).toBe("in_progress");
  });

  it("is finished, cancelled or missed as the status says", () => {
    expect(
      visitPhase(
        visit({ encounterStatus: "finished", appointmentStatus: "fulfilled" }),
        "patient",
        at("10:40"),
      ),
    ).toBe("finished");
    expect(
      visitPhase(
        visit({ encounterStatus: "cancelled", appointmentStatus: "cancelled" }),
        "patient",
        at("10:40"),
      ),
    ).toBe("cancelled");
    expect(
      visitPhase(
        visit({ encounterStatus: "cancelled", appointmentStatus: "noshow" }),
        "patient",
        at("10:40"),
      ),
    ).toBe("missed");
  });
});

describe("who is let in", () => {
  it("a practitioner starts from 30 minutes before until an hour after the end", () => {
    expect(startRefusal(visit(), at("09:59"))).toBe("too_early");
    expect(startRefusal(visit(), at("10:00"))).toBeUndefined();
    expect(startRefusal(visit(), at("11:49"))).toBeUndefined();
    expect(startRefusal(visit(), at("11:50"))).toBe("too_late");
  });

  it("a practitioner comes back to a visit in progress", () => {
    expect(startRefusal(visit({ encounterStatus: "in_progress" }), at("13:00"))).toBeUndefined();
  });

  it("a patient waits until the encounter is in progress, whatever the time", () => {
    expect(joinRefusal(visit({ encounterStatus: "arrived" }), at("10:45"))).toBe("not_started");
    expect(joinRefusal(visit({ encounterStatus: "in_progress" }), at("10:01"))).toBeUndefined();
    expect(joinRefusal(visit({ encounterStatus: "finished" }), at("10:45"))).toBe("ended");
    expect(joinRefusal(visit({ appointmentStatus: "cancelled" }), at("10:45"))).toBe("cancelled");
  });
});

describe("windows that the clinic has set", () => {
  const windows = { patientOpensMinutes: 10, practitionerOpensMinutes: 45, closesAfterMinutes: 5 };
  const narrow = (over: Partial<VisitTimes> = {}) => visit({ windows, ...over });

  it.each([
    ["09:44", "booked", "booked", "too_early"],
    ["09:45", "booked", "waiting", undefined],
    ["10:19", "booked", "waiting", undefined],
    ["10:20", "waiting", "waiting", undefined],
    ["10:54", "waiting", "waiting", undefined],
    ["10:55", "missed", "missed", "too_late"],
  ] as const)("at %s: %s to the patient, %s to the practitioner", (time, patient, practitioner, refusal) => {
    expect(visitPhase(narrow(), "patient", at(time))).toBe(patient);
    expect(visitPhase(narrow(), "practitioner", at(time))).toBe(practitioner);
    expect(startRefusal(narrow(), at(time))).toBe(refusal);
  });

  it("let a patient in whom the practitioner did not let wait", () => {
    expect(joinRefusal(narrow({ encounterStatus: "in_progress" }), at("09:50"))).toBeUndefined();
  });

  it("end what a personal link opens", () => {
    expect(linkRights(narrow(), at("10:54"))).toBe("full");
    expect(linkRights(narrow(), at("10:55"))).toBe("after");
  });

  it("change each side's phase at its own time", () => {
    expect(phaseChangesAt(narrow(), "patient", at("09:00"))).toEqual(at("10:20"));
    expect(phaseChangesAt(narrow(), "practitioner", at("09:00"))).toEqual(at("09:45"));
  });
});

describe("calling again", () => {
  const ended = { encounterStatus: "finished", appointmentStatus: "fulfilled" } as const;
  it.each([
    [ended, "10:45", undefined],
    [ended, "11:49", undefined],
    [ended, "11:50", "too_late"],
    [{ encounterStatus: "in_progress", appointmentStatus: "arrived" }, "10:45", "not_ended"],
    [{}, "10:45", "not_ended"],
    [{ encounterStatus: "cancelled", appointmentStatus: "cancelled" }, "10:45", "cancelled"],
    [{ encounterStatus: "cancelled", appointmentStatus: "noshow" }, "10:45", "cancelled"],
  ] as const)("a visit of %j at %s: %s", (over, time, refusal) => {
    expect(callAgainRefusal(visit(over), at(time))).toBe(refusal);
  });
});

describe("what a personal link opens", () => {
  it.each([
    ["2027-03-01T00:00:00Z", "full"],
    ["2027-03-14T11:49:59Z", "full"],
    ["2027-03-14T11:50:00Z", "after"],
    ["2027-04-13T11:49:59Z", "after"],
    ["2027-04-13T11:50:00Z", "none"],
  ] as const)("at %s: %s", (time, rights) => {
    expect(linkRights(visit(), at(time))).toBe(rights);
  });

  it.each([
    ["2027-03-14T11:50:00Z", "arrived", "in_progress", "full"],
    ["2027-05-01T00:00:00Z", "arrived", "in_progress", "full"],
    ["2027-03-14T11:50:00Z", "arrived", "arrived", "after"],
    ["2027-03-14T11:50:00Z", "fulfilled", "finished", "after"],
    ["2027-03-14T11:49:59Z", "fulfilled", "finished", "full"],
    ["2027-03-14T11:50:00Z", "noshow", "cancelled", "after"],
    ["2027-03-14T11:50:00Z", "cancelled", "in_progress", "after"],
  ] as const)("at %s, %s and %s: %s", (time, appointmentStatus, encounterStatus, rights) => {
    expect(linkRights(visit({ appointmentStatus, encounterStatus }), at(time))).toBe(rights);
  });
});
