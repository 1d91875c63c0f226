import { Temporal } from "temporal-polyfill";
import { languageName } from "@/lib/directory/format";
import type { SpecialtyDto, VisitTypeDto } from "@/lib/directory/types";
import type { Locale } from "@/lib/i18n/locales";
import { parseDate } from "@/lib/time/zones";
import type { DirectoryFilter, DirectoryOptions, Option } from "../types/directory";

/** What the directory can be filtered by: only what some practitioner has, so that no single choice leads to nobody. */
export function directoryOptions(
  has: {
    specialties: readonly SpecialtyDto[];
    languages: readonly string[];
    visitTypes: readonly Pick<VisitTypeDto, "id" | "names">[];
  },
  locale: Locale,
): DirectoryOptions {
  const byName = (a: Option, b: Option) => a.name.localeCompare(b.name, locale);
  return {
    specialties: has.specialties
      .map(({ code, names }) => ({ value: code, name: names[locale] }))
      .sort(byName),
    languages: has.languages.map((code) => ({ value: code, name: languageName(code, locale) })).sort(byName),
    visitTypes: has.visitTypes.map(({ id, names }) => ({ value: id, name: names[locale] })),
  };
}

/** Longer than any name; what is beyond it says nothing. */
const NAME_MAX_LENGTH = 100;

/** The part of an asked filter that there are options for, and a date that can be booked on; the rest filters nothing. */
export function knownFilter(
  asked: DirectoryFilter,
  options: DirectoryOptions,
  dates: { first: Temporal.PlainDate; last: Temporal.PlainDate },
): DirectoryFilter {
  const known = (choices: readonly Option[], value: string | undefined) =>
    choices.some((choice) => choice.value === value) ? value : undefined;
  const from = parseDate(asked.from);
  const isAhead =
    from &&
    Temporal.PlainDate.compare(dates.first, from) < 0 &&
    Temporal.PlainDate.compare(from, dates.last) <= 0;
  return {
    name: asked.name?.slice(0, NAME_MAX_LENGTH).trim() || undefined,
    specialty: known(options.specialties, asked.specialty),
    language: known(options.languages, asked.language),
    visitType: known(options.visitTypes, asked.visitType),
    from: isAhead ? from.toString() : undefined,
  };
}

/** The number of a page, as an address has it, from 1. */
export const parsePage = (text: string | undefined): number =>
  text && /^[1-9]\d{0,3}$/.test(text) ? Number(text) : 1;
