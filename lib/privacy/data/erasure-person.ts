import { unsafePersonScope } from "@/lib/access/rules";
import { env } from "@/lib/core/env";
import type { Db } from "@/lib/db/client";
import type { Erasure } from "@/lib/db/generated/client";
import type { Person } from "../types";
import { unsafeFindPerson } from "./sections";

/** Of a request, what says whom it is about. */
export type Asked = Pick<Erasure, "id" | "scope" | "userId" | "patientId">;

/**
 * Whom a request is about: an account with all its patients, or one patient. Of the latter no account is meant, so that the person's is an
 * id that no account has. Unscoped, for who decides and for the job: whether somebody may ask for it was decided before.
 *
 * @returns none once they have gone
 */
export async function unsafeFindErasurePerson(
  db: Db,
  { id, scope, userId, patientId }: Asked,
): Promise<Person | undefined> {
  const { CLINIC_TIME_ZONE } = env();
  if (scope === "account") return userId ? unsafeFindPerson(db, userId, CLINIC_TIME_ZONE) : undefined;
  const patient = patientId ? await db.patient.findUnique({ where: { id: patientId } }) : null;
  if (!patient) return undefined;
  const { locale, timeZone, pseudonym } = patient;
  return {
    ...unsafePersonScope({ userId: id, patientIds: [patient.id], pseudonyms: [pseudonym] }),
    locale,
    timeZone,
  };
}
