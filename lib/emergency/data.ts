import type { Temporal } from "temporal-polyfill";
import type { EmergencyScope } from "@/lib/access/types";
import type { PatientQuery } from "@/lib/booking/rules/patient-query";
import { isId } from "@/lib/core/ids";
import type { Db } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { toDate } from "@/lib/time/instant";
import { isSameName } from "./rules";

/** Under one address or phone there are not more people; bookings without a session may make one of each. */
const AT_MOST = 100;

/** As the search of those who book compares numbers: without the country's code. */
const LOCAL_DIGITS = 9;

/** By what a patient is found: the whole name, and a whole address or phone. */
export type Asked = { name: string; contact: Exclude<PatientQuery, { by: "name" }> };

/**
 * The patients who are meant in an emergency. Unscoped, since they are nobody's who asks: whoever finds one has written down that they
 * opened the record before anything is read, in the same transaction. Of oneself, and of those for whom one speaks, nobody opens it like
 * this: a patient does not read the notes. Whoever is found is not erased meanwhile.
 */
export async function unsafeFindNamed(
  db: Db,
  { name, contact }: Asked,
  userId: string,
): Promise<{ id: string; email: string | null; pseudonym: string }[]> {
  const rows = await db.$queryRaw<{ id: string; name: string; email: string | null; pseudonym: string }[]>`
    SELECT p."id", p."name", p."email", p."pseudonym" FROM "patient" p
    WHERE ${reachedBy(contact)}
      AND p."user_id" IS DISTINCT FROM ${userId}::uuid AND p."contact_user_id" IS DISTINCT FROM ${userId}::uuid
    ORDER BY p."created_at" DESC, p."id" DESC
    LIMIT ${AT_MOST}
    FOR KEY SHARE`;
  return rows.filter((row) => isSameName(name, row.name));
}

const reachedBy = (contact: Asked["contact"]): Prisma.Sql =>
  contact.by === "email"
    ? Prisma.sql`p."email" = ${contact.email}`
    : Prisma.sql`right(regexp_replace(p."phone", '\\D', '', 'g'), ${LOCAL_DIGITS}::int) = ${contact.digits}`;

/** Whether somebody works here as a practitioner at this moment. */
export const isWorking = async (db: Db, practitionerId: string): Promise<boolean> =>
  (await db.practitioner.count({
    where: {
      id: practitionerId,
      active: true,
      user: { disabledAt: null, roles: { has: "practitioner" } },
    },
  })) > 0;

const ACCESS = {
  id: true,
  reason: true,
  textSealed: true,
  textKeyId: true,
  expiresAt: true,
  patients: {
    select: {
      patient: {
        select: { id: true, name: true, contactName: true, email: true, phone: true, pseudonym: true },
      },
    },
    orderBy: { patientId: "desc" },
  },
} as const satisfies Prisma.EmergencyAccessSelect;

export type EmergencyAccessRow = Prisma.EmergencyAccessGetPayload<{ select: typeof ACCESS }>;

/** One access of a scope; one that is over, or somebody else's, is not found. */
export const findAccess = (
  db: Db,
  scope: EmergencyScope,
  accessId: string,
): Promise<EmergencyAccessRow | null> =>
  isId(accessId)
    ? db.emergencyAccess.findFirst({ where: { AND: [scope, { id: accessId }] }, select: ACCESS })
    : Promise.resolve(null);

/** The accesses of a scope, the last first. */
export const listAccesses = (db: Db, scope: EmergencyScope): Promise<EmergencyAccessRow[]> =>
  db.emergencyAccess.findMany({
    where: scope,
    select: ACCESS,
    orderBy: [{ expiresAt: "desc" }, { id: "desc" }],
  });

/**
 * Gives an access back.
 *
 * @returns whether it was open until now
 */
export async function closeAccess(
  db: Db,
  scope: EmergencyScope,
  accessId: string,
  now: Temporal.Instant,
): Promise<boolean> {
  const { count } = await db.emergencyAccess.updateMany({
    where: { AND: [scope, { id: accessId }] },
    data: { endedAt: toDate(now) },
  });
  return count > 0;
}
