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
  sign_in_request:
    "address, name, language and network address of whoever asked for a link, until a day after it ends; the account has what was proved of it, and a request that was not may be somebody else's, with another's address",
  email_change:
    "an address that the account had or was to have, until four days after its link has ended; the account has what was proved, and what was not may be somebody else's",
  data_export: "the export itself",
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

const NAMED = "its name is in the export, in its place";
const ONCE = "keeps a form that is sent twice from counting twice";
const PSEUDONYM = "stands for them in the trail, so that the trail names nobody";
const CHAIN = "the trail's own proof that nothing in it was changed";
const KEY = "names the key that something is sealed with";

/** Columns of exported tables that no export has, each with its reason. Ids of keys beside sealed texts are read with these. */
export const COLUMNS_LEFT_OUT: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  user: {
    passwordHash: "opens the account",
    sessionVersion: MACHINERY,
    pseudonym: PSEUDONYM,
  },
  patient: {
    userId: "the account, which is in the export",
    contactUserId: "the account, which is in the export",
    pseudonym: PSEUDONYM,
    erasureId: "of whoever was erased",
    identitySealed: "of whoever was erased",
    identityKeyId: "of whoever was erased",
  },
  appointment: { practitionerId: NAMED, visitTypeId: NAMED, idempotencyKey: ONCE, sequence: MACHINERY },
  intake_answer: { questionId: NAMED },
  visit_summary: { practitionerId: NAMED, revision: MACHINERY, updatedAt: "when the draft was last saved" },
  consent: { consentTextId: NAMED },
  conversation: { practitionerId: NAMED, lastSequence: MACHINERY },
  message: { clientId: ONCE },
  attachment: {
    storageKey: "where the bytes lie, which are in the export",
    contentKeyId: KEY,
    scan: MACHINERY,
  },
  third_person: {
    email: "where their invitation went, which is their own matter",
    locale: "the language of their invitation, which is their own matter",
  },
  attendance: { thirdPersonId: "of others" },
  waitlist_entry: { visitTypeId: NAMED, practitionerId: NAMED, specialtyId: NAMED },
  waitlist_offer: { practitionerId: NAMED },
  queue_entry: { visitTypeId: NAMED, specialtyId: NAMED, idempotencyKey: ONCE, holderHash: LINKS },
  notification: {
    userId: "whose it is",
    patientId: "whose it is",
    thirdPersonId: "of others",
    sequence: MACHINERY,
    waitlistEntryId: MACHINERY,
    conversationId: MACHINERY,
    signInRequestId: MACHINERY,
    emailChangeId: MACHINERY,
    dataExportId: MACHINERY,
    erasureId: MACHINERY,
    attempts: MACHINERY,
    claimedAt: MACHINERY,
    lastFailure: MACHINERY,
  },
  session: { userId: "whose it is", sessionVersion: MACHINERY, secondStepByProvider: "of staff" },
  emergency_access: { practitionerId: NAMED },
  erasure: {
    userId: "whose it is",
    patientId: "whose it is",
    requestedBy: "the administrator, by a pseudonym",
    decidedBy: "the administrator, by a pseudonym",
    contactSealed: "where the last mail goes once they were erased",
    contactKeyId: KEY,
  },
  audit_event: { chain: CHAIN, sequence: CHAIN, previousHash: CHAIN, hash: CHAIN },
};
