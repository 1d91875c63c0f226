import type { Temporal } from "temporal-polyfill";
import { findSlots, type SlotsFound } from "@/lib/availability/data/search";
import type { Db } from "@/lib/db/client";
import { listLanguages, listPractitioners, listSpecialties, listVisitTypes } from "@/lib/directory/data";
import type { PractitionerDto, VisitTypeDto } from "@/lib/directory/types";
import type { Locale } from "@/lib/i18n/locales";
import type { Viewer } from "@/lib/time/format";
import { dateIn, parseDate, startOfDay } from "@/lib/time/zones";
import { directoryOptions, knownFilter } from "../rules/directory";
import type { DirectoryFilter, DirectoryOptions } from "../types/directory";

export const PAGE_SIZE = 20;
/** How far ahead times can be asked for: as far as a visit type's horizon may be. */
const DAYS_AHEAD = 366;

export type DirectoryPage = SlotsFound & {
  options: DirectoryOptions;
  filter: DirectoryFilter;
  dates: { first: Temporal.PlainDate; last: Temporal.PlainDate };
  visitTypes: VisitTypeDto[];
  /** Those of `found`. */
  practitioners: ReadonlyMap<string, PractitionerDto>;
};

/**
 * A page of the directory: the practitioners that a filter leaves, whoever is free first at the top. A value that no option has
 * filters nothing. The number of queries is bounded, however many practitioners and visit types the clinic has.
 *
 * @param exceptHolder SHA-256 of the visitor, whose own hold is no obstacle
 */
export async function findDirectoryPage(
  db: Db,
  { page, exceptHolder, ...asked }: DirectoryFilter & { page: number; exceptHolder?: Uint8Array | undefined },
  { timeZone, locale }: Viewer & { locale: Locale },
  now: Temporal.Instant,
): Promise<DirectoryPage> {
  const [specialties, languages, visitTypes] = await Promise.all([
    listSpecialties(db),
    listLanguages(db),
    listVisitTypes(db, { offered: true }),
  ]);
  const options = directoryOptions({ specialties, languages, visitTypes }, locale);
  const today = dateIn(now, timeZone);
  const dates = { first: today, last: today.add({ days: DAYS_AHEAD }) };
  const filter = knownFilter(asked, options, dates);
  const from = parseDate(filter.from);
  const result = await findSlots(db, {
    name: filter.name,
    specialtyCode: filter.specialty,
    language: filter.language,
    visitTypeId: filter.visitType,
    from: from && startOfDay(from, timeZone),
    now,
    exceptHolder,
    offset: (page - 1) * PAGE_SIZE,
    limit: PAGE_SIZE,
  });
  const practitionerIds = result.found.map(({ practitionerId }) => practitionerId);
  const practitioners = await listPractitioners(db, { practitionerIds });
  return {
    ...result,
    options,
    filter,
    dates,
    visitTypes,
    practitioners: new Map(practitioners.map((practitioner) => [practitioner.id, practitioner])),
  };
}
