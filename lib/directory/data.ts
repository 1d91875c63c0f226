import { isId } from "@/lib/core/ids";
import type { Db } from "@/lib/db/client";
import type { Prisma, VisitType } from "@/lib/db/generated/client";
import { DEFAULT_LOCALE, LOCALES } from "@/lib/i18n/locales";
import { localized } from "@/lib/i18n/localized";
import type { LocalizedText, PractitionerDto, SpecialtyDto, VisitTypeDto } from "./types";

const PRACTITIONER = {
  specialty: true,
  visitTypes: { where: { visitType: { active: true } }, select: { visitTypeId: true } },
} as const satisfies Prisma.PractitionerInclude;

type PractitionerRow = Prisma.PractitionerGetPayload<{ include: typeof PRACTITIONER }>;

/** A stored localized text with every language filled in. */
export const toLocalizedText = (names: unknown): LocalizedText =>
  Object.fromEntries(LOCALES.map((locale) => [locale, localized(names, locale)])) as LocalizedText;

const toPractitioner = (row: PractitionerRow): PractitionerDto => ({
  id: row.id,
  displayName: row.displayName,
  specialty: { code: row.specialty.code, names: toLocalizedText(row.specialty.names) },
  languages: row.languages,
  timeZone: row.timeZone,
  entry: row.entry,
  introductions: row.introductions === null ? null : toLocalizedText(row.introductions),
  visitTypeIds: row.visitTypes.map(({ visitTypeId }) => visitTypeId),
});

/** A visit type's row as the rest of the portal reads it. */
export const toVisitType = (row: VisitType): VisitTypeDto => ({
  id: row.id,
  names: toLocalizedText(row.names),
  durationMinutes: row.durationMinutes,
  intervalMinutes: row.intervalMinutes,
  bufferBeforeMinutes: row.bufferBeforeMinutes,
  bufferAfterMinutes: row.bufferAfterMinutes,
  minNoticeMinutes: row.minNoticeMinutes,
  horizonDays: row.horizonDays,
  maxPerDay: row.maxPerDay,
  changeNoticeMinutes: row.changeNoticeMinutes,
  reminderMinutes: row.reminderMinutes.toSorted((a, b) => b - a),
});

type PractitionerFilter = {
  specialtyCode?: string | undefined;
  /** ISO 639-1. */
  language?: string | undefined;
  visitTypeId?: string | undefined;
};

/** The practitioners who can be booked, by name. A filter for something unknown finds nobody. */
export async function listPractitioners(
  db: Db,
  { specialtyCode, language, visitTypeId }: PractitionerFilter = {},
): Promise<PractitionerDto[]> {
  if (visitTypeId !== undefined && !isId(visitTypeId)) return [];
  const rows = await db.practitioner.findMany({
    where: {
      active: true,
      ...(specialtyCode === undefined ? {} : { specialty: { code: specialtyCode } }),
      ...(language === undefined ? {} : { languages: { has: language } }),
      visitTypes: {
        some: { visitType: { active: true, ...(visitTypeId === undefined ? {} : { id: visitTypeId }) } },
      },
    },
    include: PRACTITIONER,
    orderBy: [{ displayName: "asc" }, { id: "asc" }],
  });
  return rows.map(toPractitioner);
}

/** One practitioner who can be booked. */
export async function findPractitioner(db: Db, id: string): Promise<PractitionerDto | undefined> {
  if (!isId(id)) return undefined;
  const row = await db.practitioner.findFirst({ where: { id, active: true }, include: PRACTITIONER });
  return row ? toPractitioner(row) : undefined;
}

/** The specialties that have a practitioner who can be booked. */
export async function listSpecialties(db: Db): Promise<SpecialtyDto[]> {
  const rows = await db.specialty.findMany({
    where: {
      practitioners: { some: { active: true, visitTypes: { some: { visitType: { active: true } } } } },
    },
  });
  return rows
    .map(({ code, names }) => ({ code, names: toLocalizedText(names) }))
    .sort((a, b) => a.names[DEFAULT_LOCALE].localeCompare(b.names[DEFAULT_LOCALE], DEFAULT_LOCALE));
}

/** The visit types that can be booked, the oldest first: the order in which the clinic made them. */
export async function listVisitTypes(db: Db): Promise<VisitTypeDto[]> {
  const rows = await db.visitType.findMany({
    where: { active: true },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  return rows.map(toVisitType);
}

/** One visit type that can be booked. */
export async function findVisitType(db: Db, id: string): Promise<VisitTypeDto | undefined> {
  if (!isId(id)) return undefined;
  const row = await db.visitType.findFirst({ where: { id, active: true } });
  return row ? toVisitType(row) : undefined;
}
