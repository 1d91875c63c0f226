import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { type Changeable, cancelRefusal, changeableUntil, moveRefusal } from "./change";

const visit: Changeable = {
  startAt: Temporal.Instant.from("2027-03-14T10:00:00Z"),
  endAt: Temporal.Instant.from("2027-03-14T10:30:00Z"),
  appointmentStatus: "booked",
  encounterStatus: "planned",
  changeNoticeMinutes: 120,
};
const at = (time: string) => Temporal.Instant.from(`2027-03-14T${time}:00Z`);

describe("until when a visit can be changed", () => {
  it.each([
    // now, patient moves, staff move, patient cancels, staff cancel
    ["07:59", undefined, undefined, undefined, undefined],
    ["08:00", "too_late", undefined, "too_late", undefined],
    ["09:59", "too_late", undefined, "too_late", undefined],
    ["10:00", "not_changeable", "not_changeable", "too_late", undefined],
    ["10:29", "not_changeable", "not_changeable", "too_late", undefined],
    ["10:30", "not_changeable", "not_changeable", "not_changeable", "not_changeable"],
  ] as const)("at %s", (time, patientMoves, staffMove, patientCancels, staffCancel) => {
    const now = at(time);
    expect(moveRefusal(visit, "patient", now)).toBe(patientMoves);
    expect(moveRefusal(visit, "staff", now)).toBe(staffMove);
    expect(cancelRefusal(visit, "patient", now)).toBe(patientCancels);
    expect(cancelRefusal(visit, "staff", now)).toBe(staffCancel);
  });

  it("is its start where there is no notice", () => {
    const without = { ...visit, changeNoticeMinutes: 0 };
    expect(changeableUntil(without).equals(visit.startAt)).toBe(true);
    expect(moveRefusal(without, "patient", at("09:59"))).toBeUndefined();
    expect(cancelRefusal(without, "patient", at("10:00"))).toBe("too_late");
  });
});

describe("a visit that is not to come", () => {
  const early = at("07:00");
  it.each([
    { appointmentStatus: "pending" },
    { appointmentStatus: "cancelled", encounterStatus: "cancelled" },
    { appointmentStatus: "noshow", encounterStatus: "cancelled" },
    { appointmentStatus: "fulfilled", encounterStatus: "finished" },
    { appointmentStatus: "arrived", encounterStatus: "in_progress" },
  ] as const)("is changed by nobody: %o", (over) => {
    for (const by of ["patient", "staff", "system"] as const) {
      expect(moveRefusal({ ...visit, ...over }, by, early)).toBe("not_changeable");
      expect(cancelRefusal({ ...visit, ...over }, by, early)).toBe("not_changeable");
    }
  });

  it("does not mean one whose patient waits already", () => {
    const waiting = { ...visit, appointmentStatus: "arrived", encounterStatus: "arrived" } as const;
    expect(moveRefusal(waiting, "staff", at("09:50"))).toBeUndefined();
    expect(cancelRefusal(waiting, "staff", at("10:10"))).toBeUndefined();
  });
});
