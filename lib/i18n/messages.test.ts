import { type MessageFormatElement, parse, TYPE } from "@formatjs/icu-messageformat-parser";
import { describe, expect, it } from "vitest";
import { LOCALES, type Locale } from "./locales";
import { loadMessages, NAMESPACES } from "./messages";
import type { Namespace } from "./types";

const PLURAL_FORMS: Record<Locale, readonly string[]> = {
  en: ["one", "other"],
  ru: ["one", "few", "many", "other"],
};

function flatten(tree: object, prefix = ""): Map<string, string> {
  const flat = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === "string") flat.set(prefix + key, value);
    else for (const [path, text] of flatten(value as object, `${prefix}${key}.`)) flat.set(path, text);
  }
  return flat;
}

/** `name:kind` of every argument and tag, at any depth. */
function argumentsOf(elements: readonly MessageFormatElement[]): Set<string> {
  const found = new Set<string>();
  for (const element of elements) {
    if (element.type === TYPE.literal || element.type === TYPE.pound) continue;
    found.add(`${element.value}:${TYPE[element.type]}`);
    const inner =
      element.type === TYPE.tag
        ? [element.children]
        : element.type === TYPE.plural || element.type === TYPE.select
          ? Object.values(element.options).map((option) => option.value)
          : [];
    for (const part of inner) for (const name of argumentsOf(part)) found.add(name);
  }
  return found;
}

function pluralsOf(elements: readonly MessageFormatElement[]): string[][] {
  return elements.flatMap((element) => {
    if (element.type === TYPE.tag) return pluralsOf(element.children);
    if (element.type !== TYPE.plural && element.type !== TYPE.select) return [];
    const inner = Object.values(element.options).flatMap((option) => pluralsOf(option.value));
    const isCardinal = element.type === TYPE.plural && element.pluralType === "cardinal";
    return isCardinal
      ? [Object.keys(element.options).filter((form) => !form.startsWith("=")), ...inner]
      : inner;
  });
}

async function read(locale: Locale, namespace: Namespace) {
  return flatten((await loadMessages(locale))[namespace]);
}

describe.each(NAMESPACES)("the messages of %s", (namespace) => {
  it("have the same keys in every language", async () => {
    const keys = [...(await read("en", namespace)).keys()].sort();
    for (const locale of LOCALES)
      expect([...(await read(locale, namespace)).keys()].sort(), locale).toEqual(keys);
  });

  it.each(LOCALES)("parse, say something and have every plural form in %s", async (locale) => {
    for (const [key, text] of await read(locale, namespace)) {
      expect(text.trim(), key).not.toBe("");
      for (const forms of pluralsOf(parse(text))) {
        expect([...forms].sort(), `${key} in ${locale}`).toEqual([...PLURAL_FORMS[locale]].sort());
      }
    }
  });

  it("take the same arguments in every language", async () => {
    const english = await read("en", namespace);
    for (const locale of LOCALES) {
      for (const [key, text] of await read(locale, namespace)) {
        const expected = argumentsOf(parse(english.get(key) ?? ""));
        expect([...argumentsOf(parse(text))].sort(), `${key} in ${locale}`).toEqual([...expected].sort());
      }
    }
  });
});
