import { describe, expect, it } from "vitest";
import { insiderOf } from "./participants";

const guest = `g_${"a1".repeat(20)}`;
const known = {
  accounts: ["doctor_one@clinic.example", "doctor_zero"],
  guests: [{ guestId: guest, side: "patient" as const, thirdPersonId: null }],
};

describe("somebody in a conference", () => {
  it.each([
    [guest, "patient"],
    [`${guest}@clinic.example`, "patient"],
    [`*guest*${guest}`, "patient"],
    ["doctor_one", "practitioner"],
    ["doctor_one@clinic.example", "practitioner"],
    ["doctor_zero@clinic.example", "practitioner"],
    ["doctor_two", undefined],
    ["g_", undefined],
    ["", undefined],
  ] as const)("%s is %s", (id, side) => {
    expect(insiderOf(id, known)?.side).toBe(side);
  });

  it("is no practitioner by account where none enters so", () => {
    expect(insiderOf("doctor_one", { ...known, accounts: [] })).toBeUndefined();
  });
});
