import type { Temporal } from "temporal-polyfill";
import type { AppointmentScope, PatientScope } from "@/lib/access/types";
import { isId } from "@/lib/core/ids";
import type { Db } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { toInstant } from "@/lib/time/instant";
import { type PatientQuery, wordForms } from "../rules/patient-query";

/** A patient as a search finds one. */
export type FoundPatient = {
  patientId: string;
  pseudonym: string;
  name: string;
  contactName: string | null;
  email: string | null;
  phone: string | null;
  lastVisitAt: Temporal.Instant | undefined;
};

/** More than this nobody reads through: a fuller name finds fewer. */
const AT_MOST = 8;

/**
 * The patients of a scope whom a search means, by name: whoever has each of the words in the name, in either alphabet, or exactly
 * this address or phone.
 *
 * @param visits of which the last is told: a colleague's is not a practitioner's to know of
 */
export async function searchPatients(
  db: Db,
  scope: PatientScope,
  visits: AppointmentScope,
  query: PatientQuery,
): Promise<FoundPatient[]> {
  const found = await unsafeMatch(db, query);
  const rows = await db.patient.findMany({
    where: { AND: [scope, found] },
    select: {
      id: true,
      pseudonym: true,
      name: true,
      contactName: true,
      email: true,
      phone: true,
      appointments: {
        where: { AND: [visits, { status: { notIn: ["pending", "cancelled"] } }] },
        orderBy: { startAt: "desc" },
        take: 1,
        select: { startAt: true },
      },
    },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    take: AT_MOST,
  });
  return rows.map(({ id, appointments, ...patient }) => ({
    patientId: id,
    ...patient,
    lastVisitAt: appointments[0] && toInstant(appointments[0].startAt),
  }));
}

/** Whom a query means, of all patients: a filter that narrows nothing by itself. */
async function unsafeMatch(db: Db, query: PatientQuery): Promise<Prisma.PatientWhereInput> {
  switch (query.by) {
    case "email":
      return { email: query.email };
    case "phone": {
      // People write numbers with all kinds of marks between the digits, and with or without the country's.
      const rows = await db.$queryRaw<{ id: string }[]>`
        SELECT "id" FROM "patient" WHERE regexp_replace("phone", '\\D', '', 'g') LIKE ${`%${query.digits}`}`;
      return { id: { in: rows.map(({ id }) => id) } };
    }
    case "name":
      return {
        AND: query.words.map((word) => ({
          OR: wordForms(word).map((form) => ({ name: { contains: form, mode: "insensitive" as const } })),
        })),
      };
  }
}

/** Whom staff book for, with the language and zone of the mails. */
export async function findPatient(
  db: Db,
  scope: PatientScope,
  patientId: string,
): Promise<{ id: string; locale: string; timeZone: string } | undefined> {
  if (!isId(patientId)) return undefined;
  const row = await db.patient.findFirst({
    where: { AND: [scope, { id: patientId }] },
    select: { id: true, locale: true, timeZone: true },
  });
  return row ?? undefined;
}
