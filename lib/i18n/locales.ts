import type { Language } from "./types";

/** The languages that the portal speaks. The first is what a visitor gets who asked for none of them. */
export const LOCALES = ["en", "ru"] as const;
export type Locale = (typeof LOCALES)[number];
export const DEFAULT_LOCALE: Locale = LOCALES[0];

/** Each language's name in itself, as its own readers look for it. */
const LOCALE_NAMES: Record<Locale, string> = { en: "English", ru: "Русский" };

/** Languages written from right to left; the CSS uses logical properties only, so `dir` is all they need. */
const RIGHT_TO_LEFT: ReadonlySet<string> = new Set(["ar", "fa", "he", "ur"]);

export const isLocale = (value: unknown): value is Locale => LOCALES.some((locale) => locale === value);

/** The writing direction for `<html dir>`. */
export const directionOf = (locale: string): "ltr" | "rtl" =>
  RIGHT_TO_LEFT.has(locale.split("-")[0] ?? locale) ? "rtl" : "ltr";

/** Every language under its own name, for a list to choose from. */
export const languageChoices = (): { value: string; name: string }[] =>
  LOCALES.map((value) => ({ value, name: LOCALE_NAMES[value] }));

/** The languages that somebody who reads `locale` may want to change to. */
export const otherLanguages = (locale: Locale): Language[] =>
  LOCALES.filter((other) => other !== locale).map((other) => ({
    locale: other,
    name: LOCALE_NAMES[other],
    direction: directionOf(other),
  }));

/**
 * Chooses a language from an `Accept-Language` header: the highest weight wins, the header's order breaks ties, a
 * region falls back to its language, and `*` or nothing usable means {@link DEFAULT_LOCALE} (RFC 9110 §12.5.4).
 */
export function negotiateLocale(acceptLanguage: string | null | undefined): Locale {
  const ranges = (acceptLanguage ?? "").split(",").map((range) => {
    const [tag = "", ...parameters] = range.trim().toLowerCase().split(";");
    const weight = parameters
      .map((parameter) => parameter.trim())
      .find((parameter) => parameter.startsWith("q="));
    const quality = weight === undefined ? 1 : Number(weight.slice(2));
    return { language: tag.trim().split("-")[0], quality: Number.isFinite(quality) ? quality : 0 };
  });
  const best = ranges
    .filter((range) => range.quality > 0)
    .sort((left, right) => right.quality - left.quality)
    .map((range) => range.language)
    .find((language) => language === "*" || isLocale(language));
  return isLocale(best) ? best : DEFAULT_LOCALE;
}
