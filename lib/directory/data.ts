import { isId } from "@/lib/core/ids";
import type { Db } from "@/lib/db/client";
import { Prisma, type VisitType } from "@/lib/db/generated/client";
import { DEFAULT_LOCALE, LOCALES } from "@/lib/i18n/locales";
import { localized } from "@/lib/i18n/localized";
import { toSearchForm } from "./rules/search-form";
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

/** A filter for something unknown finds nobody. */
export type PractitionerFilter = {
  practitionerIds?: readonly string[] | undefined;
  specialtyCode?: string | undefined;
  /** ISO 639-1. */
  language?: string | undefined;
  visitTypeId?: string | undefined;
};

/** The practitioners who can be booked, by name. */
export async function listPractitioners(
  db: Db,
  { practitionerIds, specialtyCode, language, visitTypeId }: PractitionerFilter = {},
): Promise<PractitionerDto[]> {
  if (visitTypeId !== undefined && !isId(visitTypeId)) return [];
  const rows = await db.practitioner.findMany({
    where: {
      active: true,
      ...(practitionerIds === undefined ? {} : { id: { in: practitionerIds.filter(isId) } }),
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

/** A practitioner whom a search finds, and how close the name is to the one asked for: 1 for the same, and without a name. */
export type Match = { practitionerId: string; closeness: number };

/** How much of a name may be mistyped: the share of its letters' triples that must be there. */
const CLOSE = 0.55;
/** A name that somebody might have meant, where nobody's is close. */
const NEAR = 0.3;

/**
 * The practitioners who can be booked and whose name is, in whichever alphabet and perhaps mistyped, what was asked for; by name.
 * Every word must be found, in any order, be it by its beginning.
 *
 * @param near also names that are not that close
 */
export async function matchPractitioners(
  db: Db,
  { name = "", near = false, ...filter }: PractitionerFilter & { name?: string | undefined; near?: boolean },
): Promise<Match[]> {
  const { practitionerIds, specialtyCode, language, visitTypeId } = filter;
  if (visitTypeId !== undefined && !isId(visitTypeId)) return [];
  const words = toSearchForm(name).split(" ").filter(Boolean);
  // Of a name that has no letters nothing can be close.
  if (name.trim() !== "" && words.length === 0) return [];
  const conditions = [
    canBeBooked(visitTypeId),
    ...(practitionerIds ? [Prisma.sql`p."id" = ANY(${practitionerIds.filter(isId)}::uuid[])`] : []),
    ...(specialtyCode === undefined
      ? []
      : [Prisma.sql`p."specialty_id" = (SELECT "id" FROM "specialty" WHERE "code" = ${specialtyCode})`]),
    ...(language === undefined ? [] : [Prisma.sql`${language} = ANY(p."languages")`]),
  ];
  // One value instead of a row each: there may be a thousand.
  const [row] = await db.$queryRaw<{ matches: [id: string, closeness: number][] | null }[]>`
    SELECT json_agg(json_build_array(m."id", m."closeness") ORDER BY m."display_name", m."id") AS "matches"
    FROM (
      SELECT p."id", p."display_name", coalesce((
        SELECT min(CASE
          WHEN ' ' || p."search_name" LIKE '% ' || word || '%' THEN 1
          ELSE word_similarity(word, p."search_name")
        END) FROM unnest(${words}::text[]) word
      ), 1) AS "closeness"
      FROM "practitioner" p WHERE ${Prisma.join(conditions, " AND ")}
    ) m
    WHERE m."closeness" >= ${near ? NEAR : CLOSE}`;
  return (row?.matches ?? []).map(([practitionerId, closeness]) => ({ practitionerId, closeness }));
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

/** The languages of those who can be booked, as ISO 639-1 codes. */
export async function listLanguages(db: Db): Promise<string[]> {
  const rows = await db.$queryRaw<{ code: string }[]>`
    SELECT DISTINCT unnest(p."languages") AS "code" FROM "practitioner" p WHERE ${canBeBooked()}`;
  return rows.map(({ code }) => code);
}

/** Whether a practitioner `p` is active and offers an active visit type, or the one asked for. */
export const canBeBooked = (visitTypeId?: string | undefined): Prisma.Sql => Prisma.sql`
  p."active" AND EXISTS (
    SELECT 1 FROM "practitioner_visit_type" o JOIN "visit_type" t ON t."id" = o."visit_type_id"
    WHERE o."practitioner_id" = p."id" AND t."active"
      ${visitTypeId === undefined ? Prisma.empty : Prisma.sql`AND t."id" = ${visitTypeId}::uuid`}
  )`;

/**
 * The visit types that can be booked, the oldest first: the order in which the clinic made them.
 *
 * @param offered only those that an active practitioner offers
 */
export async function listVisitTypes(
  db: Db,
  { offered = false }: { offered?: boolean } = {},
): Promise<VisitTypeDto[]> {
  const rows = await db.visitType.findMany({
    where: {
      active: true,
      ...(offered ? { practitioners: { some: { practitioner: { active: true } } } } : {}),
    },
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
