import { createHash } from "node:crypto";
import type { PatientScope } from "@/lib/access/types";
import type { Db } from "@/lib/db/client";
import type { Patient } from "@/lib/db/generated/client";
import type { Profile } from "../types";

type Kept = Omit<Profile, "version">;

/** Stands for what is kept at one moment: whoever corrects it says by this what they saw. It tells nothing of what it stands for. */
const versionOf = ({ patientId, name, phone, locale, timeZone }: Kept): string =>
  createHash("sha256")
    .update(JSON.stringify([patientId, name, phone, locale, timeZone]))
    .digest("base64url");

const describe = ({ id, userId, name, phone, locale, timeZone }: Patient): Profile => {
  const kept = { patientId: id, isOwn: userId !== null, name, phone: phone ?? undefined, locale, timeZone };
  return { ...kept, version: versionOf(kept) };
};

/** What patients may correct about themselves and those for whom they speak: their own record first, then by the time of its making. */
export async function listProfiles(db: Db, scope: PatientScope): Promise<Profile[]> {
  const patients = await db.patient.findMany({ where: scope, orderBy: { id: "asc" } });
  return patients.map(describe).toSorted((one, other) => Number(other.isOwn) - Number(one.isOwn));
}

/** One of them. */
export async function findProfile(
  db: Db,
  scope: PatientScope,
  patientId: string,
): Promise<Profile | undefined> {
  const patient = await db.patient.findFirst({ where: { AND: [scope, { id: patientId }] } });
  return patient ? describe(patient) : undefined;
}
