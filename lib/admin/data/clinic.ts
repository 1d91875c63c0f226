import type { Temporal } from "temporal-polyfill";
import { linkScope } from "@/lib/access/rules";
import { findNextFree } from "@/lib/availability/data/slots";
import type { NextFreeSlot, Weekday } from "@/lib/availability/types";
import { isId } from "@/lib/core/ids";
import type { Db } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { toLocalizedText, toVisitType } from "@/lib/directory/data";
import type { LocalizedText } from "@/lib/directory/types";
import type { Locale } from "@/lib/i18n/locales";
import { toDate } from "@/lib/time/instant";
import type { ManagedPractitioner, ManagedVisitType, WeekFigures } from "../types/clinic";

const PRACTITIONER = {
  specialty: true,
  user: { select: { email: true, passwordHash: true, enteredAt: true } },
  visitTypes: { select: { visitTypeId: true } },
  availabilityRules: { orderBy: [{ weekday: "asc" }, { startTime: "asc" }] },
} as const satisfies Prisma.PractitionerInclude;

type Row = Prisma.PractitionerGetPayload<{ include: typeof PRACTITIONER }>;

/** An introduction as it was written: what one language lacks is not filled in from another, or saving would copy it. */
function toIntroduction(stored: unknown): LocalizedText | null {
  if (stored === null || typeof stored !== "object") return null;
  const texts = new Map<string, unknown>(Object.entries(stored));
  const written = (locale: Locale) => {
    const text = texts.get(locale);
    return typeof text === "string" ? text : "";
  };
  return { en: written("en"), ru: written("ru") };
}

const toManaged = (row: Row, nextFree: NextFreeSlot | undefined): ManagedPractitioner => ({
  id: row.id,
  displayName: row.displayName,
  email: row.user.email,
  specialtyCode: row.specialty.code,
  specialtyNames: toLocalizedText(row.specialty.names),
  languages: row.languages,
  timeZone: row.timeZone,
  introductions: toIntroduction(row.introductions),
  active: row.active,
  entry: row.entry,
  trueconfUser: row.trueconfUser,
  hasAccepted: row.user.passwordHash !== null || row.user.enteredAt !== null,
  visitTypeIds: row.visitTypes.map(({ visitTypeId }) => visitTypeId),
  hours: row.availabilityRules.map(({ weekday, startTime, endTime }) => ({
    weekday: weekday as Weekday,
    startTime,
    endTime,
  })),
  nextFree,
});

/**
 * Every practitioner with hours and next free time: those who can be booked first, then by name. Unscoped, for whoever keeps all schedules: of
 * each one's account it says the address and whether the invitation was accepted.
 */
export async function unsafeListManagedPractitioners(
  db: Db,
  now: Temporal.Instant,
): Promise<ManagedPractitioner[]> {
  const rows = await db.practitioner.findMany({
    include: PRACTITIONER,
    orderBy: [{ active: "desc" }, { displayName: "asc" }, { id: "asc" }],
  });
  const nextFree = await findNextFree(db, { practitionerIds: rows.map(({ id }) => id), now });
  return rows.map((row) => toManaged(row, nextFree.get(row.id)));
}

/** One practitioner, active or not. Unscoped, as {@link unsafeListManagedPractitioners}. */
export async function unsafeFindManagedPractitioner(
  db: Db,
  id: string,
  now: Temporal.Instant,
): Promise<ManagedPractitioner | undefined> {
  if (!isId(id)) return undefined;
  const row = await db.practitioner.findUnique({ where: { id }, include: PRACTITIONER });
  if (!row) return undefined;
  const nextFree = await findNextFree(db, { practitionerIds: [id], now });
  return toManaged(row, nextFree.get(id));
}

/** Every visit type: those that can be booked first, then in the order in which they were made. */
export async function listManagedVisitTypes(db: Db): Promise<ManagedVisitType[]> {
  const rows = await db.visitType.findMany({
    include: { _count: { select: { practitioners: { where: { practitioner: { active: true } } } } } },
    orderBy: [{ active: "desc" }, { createdAt: "asc" }, { id: "asc" }],
  });
  return rows.map((row) => ({
    ...toVisitType(row),
    active: row.active,
    offeredNow: row.offeredNow,
    practitioners: row._count.practitioners,
  }));
}

/** One visit type, active or not. */
export async function findManagedVisitType(db: Db, id: string): Promise<ManagedVisitType | undefined> {
  return (await listManagedVisitTypes(db)).find((visitType) => visitType.id === id);
}

/**
 * Whether the clinic has an administrator who is not disabled; while it has none, a set-up link can make one. Unscoped, since nobody is
 * there yet whose right could be asked for.
 */
export const unsafeHasAdministrator = async (db: Db): Promise<boolean> =>
  (await db.user.findFirst({
    where: { roles: { has: "administrator" }, disabledAt: null },
    select: { id: true },
  })) !== null;

/** The id of the set-up link that this token opens now; `undefined` for every other token, whatever the reason. */
export async function findSetupLink(
  db: Db,
  token: string,
  now: Temporal.Instant,
): Promise<string | undefined> {
  const link = await db.accessLink.findFirst({
    where: { AND: [linkScope("setup", token), { usedAt: null, expiresAt: { gt: toDate(now) } }] },
    select: { id: true },
  });
  return link && !(await unsafeHasAdministrator(db)) ? link.id : undefined;
}

/**
 * The clinic's weeks in [from, to), the last first, those without a visit left out. Unscoped: it counts everybody's visits and names
 * none, for administrators.
 *
 * @param timeZone on whose clock weeks begin
 */
export async function unsafeListFigures(
  db: Db,
  { from, to }: { from: Temporal.Instant; to: Temporal.Instant },
  timeZone: string,
): Promise<WeekFigures[]> {
  const [fromAt, toAt] = [toDate(from), toDate(to)];
  const weeks = await db.$queryRaw<Omit<WeekFigures, "problems">[]>`
    SELECT to_char(date_trunc('week', a."start_at" AT TIME ZONE ${timeZone}), 'YYYY-MM-DD') AS "week",
      count(*) FILTER (WHERE a."status" = 'fulfilled')::int AS "visits",
      count(*) FILTER (WHERE a."status" = 'noshow')::int AS "missed",
      count(*) FILTER (WHERE a."status" = 'cancelled')::int AS "cancelled",
      (avg(extract(epoch FROM greatest(e."started_at" - greatest(e."arrived_at", a."start_at"), interval '0')) / 60)
        FILTER (WHERE e."started_at" IS NOT NULL AND e."arrived_at" IS NOT NULL))::float8 AS "waitMinutes",
      count(f."quality")::int AS "answers",
      avg(f."quality")::float8 AS "quality",
      array[
        count(*) FILTER (WHERE f."quality" = 1), count(*) FILTER (WHERE f."quality" = 2),
        count(*) FILTER (WHERE f."quality" = 3), count(*) FILTER (WHERE f."quality" = 4),
        count(*) FILTER (WHERE f."quality" = 5)
      ]::int[] AS "qualities"
    FROM "appointment" a
    JOIN "encounter" e ON e."appointment_id" = a."id"
    LEFT JOIN "visit_feedback" f ON f."encounter_id" = e."id"
    WHERE a."start_at" >= ${fromAt} AND a."start_at" < ${toAt} AND a."status" <> 'pending'
    GROUP BY 1 ORDER BY 1 DESC`;
  const problems = await db.$queryRaw<{ week: string; problem: string; count: number }[]>`
    SELECT to_char(date_trunc('week', a."start_at" AT TIME ZONE ${timeZone}), 'YYYY-MM-DD') AS "week",
      p AS "problem", count(*)::int AS "count"
    FROM "visit_feedback" f
    JOIN "encounter" e ON e."id" = f."encounter_id"
    JOIN "appointment" a ON a."id" = e."appointment_id"
    CROSS JOIN unnest(f."problems") p
    WHERE a."start_at" >= ${fromAt} AND a."start_at" < ${toAt}
    GROUP BY 1, 2`;
  return weeks.map((week) => ({
    ...week,
    problems: Object.fromEntries(
      problems.filter((one) => one.week === week.week).map(({ problem, count }) => [problem, count]),
    ),
  }));
}
