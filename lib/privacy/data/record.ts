import { unsafePersonScope } from "@/lib/access/rules";
import { env } from "@/lib/core/env";
import type { Db } from "@/lib/db/client";
import type { FoundPatient, Person, Section } from "../types";
import { readHandovers, readNotes } from "./kept";
import { readSections } from "./sections";

/*
 * The whole record of a patient, for whoever asks the clinic itself: by telephone or at its desk, without an account, or for what their own
 * copy leaves out. Unscoped, for the command of whoever runs the portal, as the records of those who were erased are.
 */

const MOST = 50;

/**
 * Patients by a part of their name, address or number, those who came last first. Whoever was erased is not among them. Unscoped: nobody is
 * signed in where whoever runs the portal types.
 */
export const unsafeFindPatients = (db: Db, words: string): Promise<FoundPatient[]> => {
  const contains = { contains: words, mode: "insensitive" } as const;
  return db.patient.findMany({
    where: {
      erasureId: null,
      OR: [{ name: contains }, { contactName: contains }, { email: contains }, { phone: contains }],
    },
    select: FOUND,
    orderBy: { id: "desc" },
    take: MOST,
  });
};

/** One of them. Unscoped, as above. */
export const unsafeFindPatient = (db: Db, patientId: string): Promise<FoundPatient | null> =>
  db.patient.findFirst({ where: { id: patientId, erasureId: null }, select: FOUND });

const FOUND = {
  id: true,
  userId: true,
  name: true,
  contactName: true,
  email: true,
  phone: true,
  pseudonym: true,
  createdAt: true,
  user: { select: { pseudonym: true } },
} as const;

/** For the readers of an export: this one patient, with the account where it is theirs. Where it is none, no account has the id. */
export const unsafeRecordPerson = (
  { id, userId, pseudonym, user }: FoundPatient,
  locale: string,
): Person => ({
  ...unsafePersonScope({
    userId: userId ?? id,
    patientIds: [id],
    pseudonyms: user ? [pseudonym, user.pseudonym] : [pseudonym],
  }),
  locale,
  timeZone: env().CLINIC_TIME_ZONE,
});

/** All that an export has, and what practitioners wrote for themselves and each other. */
export const unsafeReadRecord = async (db: Db, person: Person): Promise<Section[]> => [
  ...(await readSections(db, person)),
  { name: "visit_note", entries: await readNotes(db, person) },
  { name: "handover", entries: await readHandovers(db, person) },
];
