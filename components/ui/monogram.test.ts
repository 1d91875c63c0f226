import { describe, expect, it } from "vitest";
import { hueOf, initialsOf } from "./monogram";

describe("initialsOf", () => {
  it.each([
    ["Ada Example", "AE"],
    ["Dr. Ada Mary Example", "AE"],
    ["Dr Ada Example", "AE"],
    ["Пётр Ильич Примеров", "ПП"],
    ["cher", "C"],
    ["  spaced   out  ", "SO"],
    ["𝒜da Example", "𝒜E"],
    ["Dr.", ""],
    ["", ""],
  ])("takes %j as %j", (name, initials) => {
    expect(initialsOf(name)).toBe(initials);
  });
});

describe("hueOf", () => {
  it("gives the same name the same hue, and different names most of the hues", () => {
    expect(hueOf("Ada Example", 8)).toBe(hueOf("Ada Example", 8));
    const hues = new Set(Array.from({ length: 64 }, (_, index) => hueOf(`Person ${index}`, 8)));
    expect([...hues].every((hue) => Number.isInteger(hue) && hue >= 0 && hue < 8)).toBe(true);
    expect(hues.size).toBeGreaterThanOrEqual(7);
  });
});
