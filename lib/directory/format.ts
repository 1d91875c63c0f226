import { DEFAULT_LOCALE } from "@/lib/i18n/locales";

/**
 * One language's words out of a stored `{ "en": "…", "ru": "…" }`; the default language's where that one has none, and
 * nothing where the value is no such thing.
 */
export function localized(names: unknown, locale: string): string {
  if (names === null || typeof names !== "object") return "";
  const texts = names as Readonly<Record<string, unknown>>;
  const found = [texts[locale], texts[DEFAULT_LOCALE], ...Object.values(texts)].find(
    (text) => typeof text === "string" && text !== "",
  );
  return typeof found === "string" ? found : "";
}

/** A language's name as readers of `locale` write it at the start of a line: "German", "Немецкий". */
export function languageName(code: string, locale: string): string {
  const name = new Intl.DisplayNames(locale, { type: "language" }).of(code) ?? code;
  return name.charAt(0).toLocaleUpperCase(locale) + name.slice(1);
}
