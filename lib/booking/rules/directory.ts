import { languageName } from "@/lib/directory/format";
import type { PractitionerDto, VisitTypeDto } from "@/lib/directory/types";
import type { Locale } from "@/lib/i18n/locales";
import type { DirectoryDto, DirectoryFilter, Option } from "../types/directory";

type Options = DirectoryDto["options"];

/** What the directory can be filtered by: only what some practitioner has, so that no single choice leads to nobody. */
export function directoryOptions(
  practitioners: readonly PractitionerDto[],
  visitTypes: readonly VisitTypeDto[],
  locale: Locale,
): Options {
  const byName = (a: Option, b: Option) => a.name.localeCompare(b.name, locale);
  const specialties = new Map(
    practitioners.map(({ specialty }) => [specialty.code, specialty.names[locale]]),
  );
  const languages = new Set(practitioners.flatMap((practitioner) => practitioner.languages));
  const offered = new Set(practitioners.flatMap(({ visitTypeIds }) => visitTypeIds));
  return {
    specialties: [...specialties].map(([value, name]) => ({ value, name })).sort(byName),
    languages: [...languages].map((code) => ({ value: code, name: languageName(code, locale) })).sort(byName),
    visitTypes: visitTypes
      .filter(({ id }) => offered.has(id))
      .map(({ id, names }) => ({ value: id, name: names[locale] })),
  };
}

/** The part of an asked filter that there are options for, and whom it leaves. */
export function applyFilter(
  practitioners: readonly PractitionerDto[],
  asked: DirectoryFilter,
  options: Options,
): { filter: DirectoryFilter; found: PractitionerDto[] } {
  const known = (choices: readonly Option[], value: string | undefined) =>
    choices.some((choice) => choice.value === value) ? value : undefined;
  const filter = {
    specialty: known(options.specialties, asked.specialty),
    language: known(options.languages, asked.language),
    visitType: known(options.visitTypes, asked.visitType),
  };
  const found = practitioners.filter(
    ({ specialty, languages, visitTypeIds }) =>
      (filter.specialty === undefined || specialty.code === filter.specialty) &&
      (filter.language === undefined || languages.includes(filter.language)) &&
      (filter.visitType === undefined || visitTypeIds.includes(filter.visitType)),
  );
  return { filter, found };
}
