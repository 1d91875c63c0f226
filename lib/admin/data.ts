import type { Temporal } from "temporal-polyfill";
import { findNextFree } from "@/lib/availability/data/slots";
import type { NextFreeSlot, Weekday } from "@/lib/availability/types";
import { isId } from "@/lib/core/ids";
import type { Db } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { toLocalizedText, toVisitType } from "@/lib/directory/data";
import type { LocalizedText } from "@/lib/directory/types";
import type { Locale } from "@/lib/i18n/locales";
import { hashToken, isToken } from "@/lib/security/tokens";
import { toDate } from "@/lib/time/instant";
import type { ManagedPractitioner, ManagedVisitType } from "./types";

const PRACTITIONER = {
  specialty: true,
  user: { select: { email: true, passwordHash: true } },
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
  hasAccepted: row.user.passwordHash !== null,
  visitTypeIds: row.visitTypes.map(({ visitTypeId }) => visitTypeId),
  hours: row.availabilityRules.map(({ weekday, startTime, endTime }) => ({
    weekday: weekday as Weekday,
    startTime,
    endTime,
  })),
  nextFree,
});

/** Every practitioner with hours and next free time: those who can be booked first, then by name. */
export async function listManagedPractitioners(
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

/** One practitioner, active or not. */
export async function findManagedPractitioner(
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

/** Whether the clinic has an administrator who is not disabled; while it has none, a set-up link can make one. */
export const hasAdministrator = async (db: Db): Promise<boolean> =>
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
  if (!isToken(token)) return undefined;
  const link = await db.accessLink.findFirst({
    where: {
      tokenHash: hashToken(token),
      purpose: "setup",
      usedAt: null,
      revokedAt: null,
      expiresAt: { gt: toDate(now) },
    },
    select: { id: true },
  });
  return link && !(await hasAdministrator(db)) ? link.id : undefined;
}
