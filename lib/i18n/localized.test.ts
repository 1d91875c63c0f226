import { describe, expect, it } from "vitest";
import { localized } from "./localized";

describe("localized", () => {
  it.each([
    [{ en: "Cardiology", ru: "Кардиология" }, "ru", "Кардиология"],
    [{ en: "Cardiology", ru: "" }, "ru", "Cardiology"],
    [{ ru: "Кардиология" }, "en", "Кардиология"],
    [{ en: 1 }, "en", ""],
    [null, "en", ""],
    ["Cardiology", "en", ""],
  ])("%j in %s is %j", (names, locale, expected) => {
    expect(localized(names, locale)).toBe(expected);
  });
});
