import { LEAST_KEPT_YEARS } from "@/lib/audit/constants";
import type { PeriodUnit, RetentionKind } from "./types";

type Period = { unit: PeriodUnit; min: number; standard: number; max: number };

/**
 * How long a clinic may keep each kind, and what holds until it decides. The shortest is what a law that we know of demands at least, or
 * what the portal itself needs; of records the database holds it too. The standard is the longest that is usual for a duty: what was
 * kept too long can still be removed, and what was removed too early nobody brings back. Decision 32 names the laws.
 */
export const PERIODS = {
  records: { unit: "years", min: 5, standard: 25, max: 100 },
  messages: { unit: "years", min: 5, standard: 25, max: 100 },
  deviceChecks: { unit: "days", min: 1, standard: 90, max: 3_650 },
  comments: { unit: "days", min: 30, standard: 365, max: 3_650 },
  queueEntries: { unit: "days", min: 30, standard: 180, max: 3_650 },
  waitlist: { unit: "days", min: 30, standard: 365, max: 3_650 },
  mails: { unit: "days", min: 30, standard: 180, max: 3_650 },
  sessions: { unit: "days", min: 1, standard: 30, max: 365 },
  links: { unit: "days", min: 30, standard: 90, max: 3_650 },
  trail: { unit: "years", min: LEAST_KEPT_YEARS, standard: 10, max: 100 },
} as const satisfies Record<RetentionKind, Period>;

/** In the order of the page. */
export const RETENTION_KINDS = Object.keys(PERIODS) as readonly RetentionKind[];

/** The tables whose rows, or words in them, go when the period of a kind is over. A test compares these and {@link KEPT} with the database. */
export const SWEPT: Readonly<Record<string, readonly RetentionKind[]>> = {
  visit_note: ["records"],
  visit_summary: ["records"],
  waiting_message: ["records"],
  handover: ["records"],
  intake_answer: ["records"],
  consent: ["records"],
  guest: ["records"],
  third_person: ["records"],
  emergency_access: ["records"],
  emergency_access_patient: ["records"],
  appointment: ["records"],
  patient: ["records"],
  message: ["messages"],
  attachment: ["messages"],
  conversation: ["messages"],
  conversation_reader: ["messages"],
  device_check: ["deviceChecks"],
  visit_feedback: ["comments"],
  queue_entry: ["queueEntries", "records"],
  queue_offer: ["queueEntries", "records"],
  waitlist_entry: ["waitlist"],
  waitlist_offer: ["waitlist"],
  notification: ["mails"],
  session: ["sessions"],
  access_link: ["links"],
  audit_event: ["trail"],
};

const FIGURES = "times and states without a name, of which the clinic's figures are made";
const CLINIC = "of the clinic itself, kept as long as its administrators leave it";
const PRACTITIONERS = "of those who work at the clinic, as long as they do";
const ACCOUNT = "as long as the account, which its owner can have removed";
const SOON = "gone by itself within days at most, as its own sweep has it";
const PROOF = "hashes that say nothing, and show that the trail is whole";

/** The tables that no period of the clinic's empties, each with its reason. */
export const KEPT: Readonly<Record<string, string>> = {
  encounter: FIGURES,
  attendance: FIGURES,
  slot: FIGURES,
  conference: FIGURES,
  user: ACCOUNT,
  totp: ACCOUNT,
  recovery_code: ACCOUNT,
  provider_link: ACCOUNT,
  sign_in_request: SOON,
  email_change: SOON,
  visit_list_request: SOON,
  rate_limit: SOON,
  refusal_tally: SOON,
  data_export: SOON,
  removed_file: SOON,
  presence: SOON,
  audit_chain: PROOF,
  audit_seal: PROOF,
  audit_sealed_chain: PROOF,
  practitioner: PRACTITIONERS,
  practitioner_visit_type: PRACTITIONERS,
  availability_rule: PRACTITIONERS,
  availability_override: PRACTITIONERS,
  override_interval: PRACTITIONERS,
  time_off: PRACTITIONERS,
  delay: PRACTITIONERS,
  queue_duty: PRACTITIONERS,
  summary_template: PRACTITIONERS,
  erasure:
    "that somebody asked to be erased and what came of it, which names nobody once the account has gone",
  setting: CLINIC,
  specialty: CLINIC,
  visit_type: CLINIC,
  intake_question: CLINIC,
  consent_text: CLINIC,
  closure: CLINIC,
  _prisma_migrations: CLINIC,
};
