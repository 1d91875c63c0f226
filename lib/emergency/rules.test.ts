import { describe, expect, it } from "vitest";
import { isSameName } from "./rules";

describe("whose record is meant", () => {
  it.each([
    ["Paula Beispiel", "Paula Beispiel", true],
    ["  beispiel   PAULA ", "Paula Beispiel", true],
    ["Щукин Пётр", "Petr Shchukin", true],
    ["José Muestra", "Jose Muestra", true],
    ["Paula", "Paula Beispiel", false],
    ["Paula Beispiel Muster", "Paula Beispiel", false],
    ["Pauline Beispiel", "Paula Beispiel", false],
    ["…", "…", false],
    ["", "", false],
  ])("%s is %s: %s", (asked, known, same) => {
    expect(isSameName(asked, known)).toBe(same);
  });
});
