import { createHash } from "node:crypto";
import type { PatientScope } from "@/lib/access/types";
import { isId } from "@/lib/core/ids";
import type { Db } from "@/lib/db/client";
import type { Contact } from "../types";

/** As whom the trail has a patient; nobody out of scope. */
export async function findPseudonym(
  db: Db,
  scope: PatientScope,
  patientId: string,
): Promise<string | undefined> {
  if (!isId(patientId)) return undefined;
  const found = await db.patient.findFirst({
    where: { AND: [scope, { id: patientId }] },
    select: { pseudonym: true },
  });
  return found?.pseudonym;
}

/** A patient as whoever keeps the bookings knows them: who they are and how they are reached. */
export async function findContact(
  db: Db,
  scope: PatientScope,
  patientId: string,
): Promise<Contact | undefined> {
  if (!isId(patientId)) return undefined;
  const patient = await db.patient.findFirst({ where: { AND: [scope, { id: patientId }] } });
  if (!patient) return undefined;
  const { name, contactName, email, phone, locale, timeZone, userId, contactUserId } = patient;
  return {
    patientId,
    name,
    contactName,
    email,
    phone,
    locale,
    timeZone,
    hasAccount: userId !== null || contactUserId !== null,
    version: createHash("sha256")
      .update(JSON.stringify([patientId, name, email, phone, locale, timeZone, userId, contactUserId]))
      .digest("base64url"),
  };
}
