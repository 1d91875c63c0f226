import type { Db } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import type { Person } from "../types";
import { BEGUN, NEVER_BEGUN } from "./erasure";

type Count = (db: Db, person: Person) => Promise<number>;

/**
 * What becomes of a table's rows when somebody is erased.
 *
 * - `goes`: they are removed, or emptied of what somebody wrote
 * - `kept`: they are moved to the row that names nobody, until the period of that kind is over; `goes` for those that are not
 * - `stays`: they say nothing of anybody once the person's own row has gone
 *
 * Those that an administrator can count before deciding have a way to.
 */
export type Fate =
  | { fate: "goes"; count?: Count }
  | { fate: "kept"; as: "records" | "messages"; count: Count; goes?: Count }
  | { fate: "stays"; why: string; count?: Count };

const own = ({ patientIds }: Person) => ({ patientId: { in: [...patientIds] } });
const ofVisit = (person: Person, which: Prisma.AppointmentWhereInput = {}) => ({
  appointment: { AND: [own(person), which] },
});
const ofEncounter = (person: Person) => ({ encounter: ofVisit(person) });

const HASHES: Fate = { fate: "goes" };
const STAFF: Fate = { fate: "stays", why: "of whoever works at the clinic" };
const FIGURES = "times and states, of which the clinic's figures are made";

/**
 * Every table that leads to a person. A test compares it with the database, so that whoever adds a table decides about it here; what a
 * row that is deleted takes along, the database's own foreign keys say.
 */
export const FATES: Readonly<Record<string, Fate>> = {
  user: { fate: "goes", count: (db, { userId }: Person) => db.user.count({ where: { id: userId } }) },
  patient: { fate: "goes", count: async (_, { patientIds }) => patientIds.length },
  session: { fate: "goes", count: (db, { userId }: Person) => db.session.count({ where: { userId } }) },
  notification: {
    fate: "goes",
    count: (db, person: Person) =>
      db.notification.count({ where: { OR: [{ userId: person.userId }, own(person)] } }),
  },
  waitlist_entry: {
    fate: "goes",
    count: (db, person: Person) => db.waitlistEntry.count({ where: own(person) }),
  },
  queue_entry: { fate: "goes", count: (db, person: Person) => db.queueEntry.count({ where: own(person) }) },
  third_person: {
    fate: "goes",
    count: (db, person: Person) => db.thirdPerson.count({ where: ofEncounter(person) }),
  },
  waiting_message: {
    fate: "goes",
    count: (db, person: Person) => db.waitingMessage.count({ where: ofEncounter(person) }),
  },
  device_check: {
    fate: "goes",
    count: (db, person: Person) => db.deviceCheck.count({ where: ofEncounter(person) }),
  },
  emergency_access: {
    fate: "goes",
    count: (db, person: Person) => db.emergencyAccess.count({ where: { patients: { some: own(person) } } }),
  },
  emergency_access_patient: { fate: "goes" },
  totp: HASHES,
  recovery_code: HASHES,
  access_link: HASHES,
  sign_in_request: HASHES,
  email_change: HASHES,
  provider_link: HASHES,
  data_export: { fate: "goes" },
  guest: { fate: "goes" },
  presence: { fate: "goes" },
  waitlist_offer: { fate: "goes" },
  queue_offer: { fate: "goes" },

  intake_answer: {
    fate: "kept",
    as: "records",
    count: (db, person: Person) => db.intakeAnswer.count({ where: ofVisit(person, BEGUN) }),
    goes: (db, person: Person) => db.intakeAnswer.count({ where: ofVisit(person, NEVER_BEGUN) }),
  },
  consent: {
    fate: "kept",
    as: "records",
    count: (db, person: Person) => db.consent.count({ where: ofVisit(person, BEGUN) }),
    goes: (db, person: Person) => db.consent.count({ where: ofVisit(person, NEVER_BEGUN) }),
  },
  visit_note: {
    fate: "kept",
    as: "records",
    count: (db, person: Person) => db.visitNote.count({ where: ofEncounter(person) }),
  },
  visit_summary: {
    fate: "kept",
    as: "records",
    count: (db, person: Person) => db.visitSummary.count({ where: ofEncounter(person) }),
  },
  handover: {
    fate: "kept",
    as: "records",
    count: (db, person: Person) => db.handover.count({ where: ofEncounter(person) }),
  },
  conversation: {
    fate: "kept",
    as: "messages",
    count: (db, person: Person) =>
      db.conversation.count({ where: { ...own(person), lastSequence: { gt: 0 } } }),
    goes: (db, person: Person) => db.conversation.count({ where: { ...own(person), lastSequence: 0 } }),
  },
  message: {
    fate: "kept",
    as: "messages",
    count: (db, person: Person) => db.message.count({ where: { conversation: own(person) } }),
  },
  attachment: {
    fate: "kept",
    as: "messages",
    count: (db, person: Person) => db.attachment.count({ where: { conversation: own(person) } }),
  },
  conversation_reader: { fate: "stays", why: "numbers beside a conversation, and goes with it" },

  appointment: {
    fate: "stays",
    why: `${FIGURES}; its words go, but for the reason of a visit that took place, which is a record`,
    count: (db, person: Person) => db.appointment.count({ where: own(person) }),
  },
  encounter: { fate: "stays", why: FIGURES },
  slot: { fate: "stays", why: FIGURES },
  attendance: { fate: "stays", why: FIGURES },
  conference: { fate: "stays", why: "a meaningless word, and gone from the video server" },
  visit_feedback: {
    fate: "stays",
    why: "grades, of which the figures are made; the words go",
    count: (db, person: Person) => db.visitFeedback.count({ where: ofEncounter(person) }),
  },
  erasure: { fate: "stays", why: "that somebody was erased, and when; no longer who" },
  practitioner: STAFF,
  practitioner_visit_type: STAFF,
  availability_rule: STAFF,
  availability_override: STAFF,
  override_interval: STAFF,
  time_off: STAFF,
  delay: STAFF,
  queue_duty: STAFF,
  summary_template: STAFF,
};
