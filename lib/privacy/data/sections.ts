import { unsafePersonScope } from "@/lib/access/rules";
import type { Db } from "@/lib/db/client";
import type { Entry, Person, Section, SectionName } from "../types";
import {
  readAccount,
  readEmergencyAccesses,
  readErasureRequests,
  readMails,
  readPatients,
  readSessions,
  readTrail,
} from "./account";
import {
  readAttendances,
  readDeviceChecks,
  readFeedback,
  readThirdPersons,
  readWaitingMessages,
} from "./room";
import { readAttachments, readConversations, readMessages } from "./talk";
import { readAnswers, readAppointments, readConsents, readEncounters, readSummaries } from "./visits";
import { readQueueEntries, readWaitlistEntries, readWaitlistOffers } from "./wishes";

/**
 * What an export says of somebody, table by table, in the order in which it is read. A table that leads to a person is here or in
 * `LEFT_OUT`, and each column of those here is read or in `COLUMNS_LEFT_OUT`: tests compare all three with the database.
 */
export const EXPORTED: Readonly<
  Record<Exclude<SectionName, "visit_note" | "handover">, (db: Db, person: Person) => Promise<Entry[]>>
> = {
  user: readAccount,
  patient: readPatients,
  appointment: readAppointments,
  encounter: readEncounters,
  intake_answer: readAnswers,
  visit_summary: readSummaries,
  consent: readConsents,
  conversation: readConversations,
  message: readMessages,
  attachment: readAttachments,
  waiting_message: readWaitingMessages,
  third_person: readThirdPersons,
  attendance: readAttendances,
  device_check: readDeviceChecks,
  visit_feedback: readFeedback,
  waitlist_entry: readWaitlistEntries,
  waitlist_offer: readWaitlistOffers,
  queue_entry: readQueueEntries,
  notification: readMails,
  session: readSessions,
  emergency_access: readEmergencyAccesses,
  erasure: readErasureRequests,
  audit_event: readTrail,
};

/**
 * Whose data an account may ask for: its own patient's, and those for whom it speaks, who have no account of their own. Unscoped, for the
 * jobs that do what was asked: who has asked, and whether it was they, was decided before.
 */
export async function unsafeFindPerson(
  db: Db,
  userId: string,
  clinicTimeZone: string,
): Promise<Person | undefined> {
  const user = await db.user.findUnique({
    where: { id: userId },
    select: {
      pseudonym: true,
      locale: true,
      timeZone: true,
      patient: { select: { id: true, pseudonym: true } },
      dependants: { where: { userId: null }, select: { id: true, pseudonym: true } },
    },
  });
  if (!user) return undefined;
  const patients = [...(user.patient ? [user.patient] : []), ...user.dependants];
  const scope = unsafePersonScope({
    userId,
    patientIds: patients.map(({ id }) => id),
    pseudonyms: [user, ...patients].map(({ pseudonym }) => pseudonym),
  });
  return {
    ...scope,
    locale: user.locale,
    timeZone: user.timeZone ?? clinicTimeZone,
  };
}

/** Everything that is kept about somebody, opened. The caller has recorded that it was asked for. */
export async function readSections(db: Db, person: Person): Promise<Section[]> {
  const sections: Section[] = [];
  type Name = keyof typeof EXPORTED;
  for (const [name, read] of Object.entries(EXPORTED) as [Name, (typeof EXPORTED)[Name]][])
    sections.push({ name, entries: await read(db, person) });
  return sections;
}
