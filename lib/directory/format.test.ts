import { describe, expect, it } from "vitest";
import { languageName, localized } from "./format";

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

describe("languageName", () => {
  it("is a language's name in the reader's own, as a line begins", () => {
    expect(languageName("de", "en")).toBe("German");
    expect(languageName("de", "ru")).toBe("Немецкий");
  });
});
