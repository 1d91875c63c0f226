import { describe, expect, it } from "vitest";
import { storedVisitSettingsSchema, visitSettingsSchema } from "./settings";

const STANDARD = {
  patientOpensMinutes: 30,
  practitionerOpensMinutes: 30,
  closesAfterMinutes: 60,
  noShowAfterMinutes: 15,
  noShowAutomatic: false,
  emptyGraceMinutes: 10,
  aloneGraceMinutes: 20,
  longestOverrunMinutes: 240,
  appLinks: false,
  recording: false,
};

describe("stored settings of visits", () => {
  it.each([undefined, null, 3, "x", [], {}, { closesAfterMinutes: "60" }, { patientOpensMinutes: -1 }])(
    "are the standard where %j is stored",
    (value) => {
      expect(storedVisitSettingsSchema.parse(value)).toEqual(STANDARD);
    },
  );

  it("keep what makes sense beside what does not", () => {
    expect(
      storedVisitSettingsSchema.parse({ noShowAfterMinutes: 20, appLinks: "on", noShowAutomatic: true }),
    ).toEqual({ ...STANDARD, noShowAfterMinutes: 20, noShowAutomatic: true });
  });
});

describe("typed settings of visits", () => {
  const typed = {
    patientOpensMinutes: " 30 ",
    practitionerOpensMinutes: "30",
    closesAfterMinutes: "60",
    noShowAfterMinutes: "15",
    emptyGraceMinutes: "10",
    aloneGraceMinutes: "20",
    longestOverrunMinutes: "240",
  };

  it("are whole minutes, and boxes that are ticked or not sent", () => {
    expect(visitSettingsSchema.parse(typed)).toEqual(STANDARD);
    expect(visitSettingsSchema.parse({ ...typed, noShowAutomatic: "on", appLinks: "on" })).toEqual({
      ...STANDARD,
      noShowAutomatic: true,
      appLinks: true,
    });
  });

  it.each([
    ["", "required"],
    ["1.5", "number"],
    ["-3", "number"],
    ["4", "out_of_range"],
    ["241", "out_of_range"],
    ["99999999999", "number"],
  ])("refuse %j", (patientOpensMinutes, fault) => {
    const parsed = visitSettingsSchema.safeParse({ ...typed, patientOpensMinutes });
    expect(parsed.error?.issues[0]).toMatchObject({ path: ["patientOpensMinutes"], message: fault });
  });

  it("refuse a box with another value", () => {
    expect(visitSettingsSchema.safeParse({ ...typed, appLinks: "yes" }).success).toBe(false);
  });
});
