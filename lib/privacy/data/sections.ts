import { unsafePersonScope } from "@/lib/access/rules";
import type { Db } from "@/lib/db/client";
import type { Entry, Person, Section, SectionName } from "../types";
import {
  readAccount,
  readEmergencyAccesses,
  readMails,
  readPatients,
  readSessions,
  readTrail,
} from "./account";
import { readAttachments, readConversations, readMessages } from "./talk";
import {
  readAnswers,
  readAppointments,
  readAttendances,
  readConsents,
  readDeviceChecks,
  readEncounters,
  readFeedback,
  readSummaries,
  readThirdPersons,
  readWaitingMessages,
} from "./visits";
import { readQueueEntries, readWaitlistEntries, readWaitlistOffers } from "./wishes";

/**
 * What an export says of somebody, table by table, in the order in which it is read. A table that leads to a person is here or in
 * `LEFT_OUT`: a test compares both with the database.
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
  audit_event: readTrail,
};

const OF_PRACTITIONERS = "of a practitioner, who is no patient by it";
const BETWEEN_PRACTITIONERS =
  "written by practitioners for each other, as their screens promise; the clinic gives it on request, after they have looked for what would harm the patient or names others";
const LINKS = "hashes of links that were mailed or shown to their owner; they say nothing";
const MACHINERY = "keeps the portal at work and says nothing that another table does not say";

/** The tables that lead to a person and stand in no export, each with its reason. */
export const LEFT_OUT: Readonly<Record<string, string>> = {
  visit_note: BETWEEN_PRACTITIONERS,
  handover: BETWEEN_PRACTITIONERS,
  totp: "opens the account",
  recovery_code: "opens the account",
  access_link: LINKS,
  sign_in_request: LINKS,
  email_change: "an address that was never proved, for some minutes; once proved it is the account's",
  data_export: "the export itself",
  erasure: "that somebody asked to be erased, which the page where they ask for this copy says",
  emergency_access_patient: "whose records an emergency access opened: those of the same person",
  slot: "the times of the appointments once more",
  conference: "a room on the video server, gone after the visit",
  guest: "the meaningless word under which somebody enters the video server",
  presence: "there while a page is open",
  conversation_reader: MACHINERY,
  queue_offer: MACHINERY,
  practitioner: OF_PRACTITIONERS,
  practitioner_visit_type: OF_PRACTITIONERS,
  availability_rule: OF_PRACTITIONERS,
  availability_override: OF_PRACTITIONERS,
  override_interval: OF_PRACTITIONERS,
  time_off: OF_PRACTITIONERS,
  delay: OF_PRACTITIONERS,
  provider_link: "how staff sign in with the clinic's own accounts; patients do not",
  queue_duty: OF_PRACTITIONERS,
  summary_template: OF_PRACTITIONERS,
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
