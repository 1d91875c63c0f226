import { DEFAULT_LOCALE } from "./locales";

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
