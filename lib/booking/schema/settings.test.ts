import { describe, expect, it } from "vitest";
import { bookingSettingsSchema, storedBookingSettingsSchema } from "./settings";

const STANDARD = {
  holdMinutes: 10,
  holdsPerVisitorPerHour: 6,
  holdsPerAddressPerHour: 60,
  waitlistOfferMinutes: 120,
};

describe("stored settings", () => {
  it.each([
    undefined,
    null,
    3,
    "x",
    [],
    {},
    { holdMinutes: "10" },
    { holdMinutes: 1e9 },
    { holdMinutes: -1 },
  ])("are the standard where %j is stored", (value) => {
    expect(storedBookingSettingsSchema.parse(value)).toEqual(STANDARD);
  });

  it("keep what makes sense beside what does not", () => {
    expect(storedBookingSettingsSchema.parse({ holdMinutes: 5, holdsPerVisitorPerHour: 0 })).toEqual({
      ...STANDARD,
      holdMinutes: 5,
    });
  });
});

describe("typed settings", () => {
  const typed = Object.fromEntries(Object.entries(STANDARD).map(([name, value]) => [name, ` ${value} `]));

  it("are whole numbers", () => {
    expect(bookingSettingsSchema.parse(typed)).toEqual(STANDARD);
  });

  it.each([
    ["", "required"],
    ["1.5", "number"],
    ["1e1", "number"],
    ["ten", "number"],
    ["-3", "number"],
    ["1", "out_of_range"],
    ["61", "out_of_range"],
    ["99999999999", "number"],
  ])("refuse %j", (holdMinutes, fault) => {
    const parsed = bookingSettingsSchema.safeParse({ ...typed, holdMinutes });
    expect(parsed.error?.issues[0]).toMatchObject({ path: ["holdMinutes"], message: fault });
  });
});
