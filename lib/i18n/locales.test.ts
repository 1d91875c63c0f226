import { describe, expect, it } from "vitest";
import { DEFAULT_LOCALE, directionOf, negotiateLocale } from "./locales";

describe("negotiateLocale", () => {
  it.each([
    ["ru-RU,ru;q=0.9,en-US;q=0.8,en;q=0.7", "ru"],
    ["en-GB,en;q=0.9", "en"],
    ["de-DE,de;q=0.9,ru;q=0.5,en;q=0.4", "ru"],
    ["ru;q=0.3, en;q=0.8", "en"],
    ["RU", "ru"],
    ["ru;q=0, en;q=0.1", "en"],
    ["de, fr;q=0.8", DEFAULT_LOCALE],
    ["*, ru;q=0.5", DEFAULT_LOCALE],
    ["ru;q=nonsense", DEFAULT_LOCALE],
    ["", DEFAULT_LOCALE],
    [null, DEFAULT_LOCALE],
  ])("answers %j with %s", (header, locale) => {
    expect(negotiateLocale(header)).toBe(locale);
  });
});

describe("directionOf", () => {
  it("knows the right-to-left languages, also with a region", () => {
    expect(directionOf("ar-EG")).toBe("rtl");
    expect(directionOf("ru")).toBe("ltr");
  });
});
