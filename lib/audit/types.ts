/**
 * Everything that is written into the trail. The union makes the compiler demand the right facts for each action; none of
 * them is clinical, a name, an address or a token.
 */
export type AuditAction =
  | { action: "session.started"; details: { method: SignInMethod } }
  | { action: "session.refused"; details: { reason: SignInRefusal } }
  | { action: "session.link_requested"; details: Record<never, never> }
  | { action: "session.proved"; details: { by: "provider" } }
  | { action: "session.ended"; details: Record<never, never> }
  | { action: "user.created"; details: { roles: readonly string[] } }
  | { action: "user.invited"; details: Record<never, never> }
  | { action: "user.provider_linked"; details: Record<never, never> }
  | { action: "user.provider_unlinked"; details: Record<never, never> }
  | { action: "user.password_reset_sent"; details: Record<never, never> }
  | { action: "user.password_set"; details: Record<never, never> }
  | { action: "user.email_change_requested"; details: Record<never, never> }
  | { action: "user.email_changed"; details: Record<never, never> }
  | { action: "patient.claimed"; details: { as: "own" | "spoken_for" } }
  /** By the patient, or by whoever speaks for them; what it was and is stays in the record. */
  | { action: "patient.corrected"; details: { fields: readonly string[] } }
  | { action: "user.second_step_set"; details: Record<never, never> }
  | { action: "user.second_step_removed"; details: Record<never, never> }
  | {
      action: "user.roles_changed";
      details: { before: readonly string[]; roles: readonly string[]; by?: "provider" };
    }
  | { action: "user.disabled"; details: Record<never, never> }
  | { action: "user.enabled"; details: Record<never, never> }
  | { action: "user.recovery_codes_renewed"; details: Record<never, never> }
  | { action: "data_export.requested"; details: Record<never, never> }
  | { action: "data.exported"; details: Record<never, never> }
  /** By what somebody showed who they are who asked the clinic itself. */
  | { action: "erasure.requested"; details: { proof?: string } }
  /** A request, with how whoever it is about is reached. */
  | { action: "erasure.read"; details: Record<never, never> }
  | { action: "erasure.withdrawn"; details: Record<never, never> }
  | { action: "erasure.refused"; details: Record<never, never> }
  | { action: "erasure.approved"; details: Record<never, never> }
  | { action: "erasure.done"; details: { patients: number } }
  | { action: "record.handed_over"; details: { right: "patient" | "authority" | "claim" } }
  /** A door that is not theirs; `count` and `hour` where many are one event. */
  | { action: "access.refused"; details: { door: string; count?: number; hour?: string } }
  /** A record opened by break-glass to somebody who is not the patient's practitioner: before anything was read, at each reading, at its end. */
  | { action: "emergency_access.granted"; details: { reason: string } }
  | { action: "emergency_access.read"; details: Record<never, never> }
  | { action: "emergency_access.ended"; details: Record<never, never> }
  | { action: "audit.searched"; details: Record<never, never> }
  | { action: "audit.exported"; details: { format: "csv" | "fhir" } }
  | { action: "setup_link.created"; details: Record<never, never> }
  | {
      action: "appointment.booked";
      details: {
        by: "guest" | "link" | "account" | "staff" | "waitlist" | "queue" | "chat";
        overbooked?: true;
      };
    }
  | { action: "appointment.moved"; details: { by: "patient" | "staff"; reassigned: boolean } }
  | { action: "appointment.cancelled"; details: { by: "patient" | "staff" | "system" } }
  /** A personal link that a mail carries, or a form that came again, which opens what it says to whoever has it; the link itself is nowhere. */
  | { action: "link.minted"; details: { opens: LinkOpens } }
  | { action: "visit_list.requested"; details: Record<never, never> }
  | { action: "calendar_feed.created"; details: Record<never, never> }
  | { action: "calendar_feed.revoked"; details: Record<never, never> }
  | { action: "waitlist.joined"; details: Record<never, never> }
  | { action: "waitlist.left"; details: { by: "patient" | "staff" | "system" } }
  | { action: "waitlist.offered"; details: Record<never, never> }
  | { action: "waitlist.offer_ended"; details: { by: "declined" | "expired" } }
  | {
      action: "appointment.read";
      details: { as: "patient" | "practitioner" | "scheduler" | "administrator" };
    }
  | { action: "patients.searched"; details: { found: number } }
  /** Who somebody is and how they are reached was looked at. */
  | { action: "patient.read"; details: Record<never, never> }
  /** Somebody came up in such a search, or beside another of the same address. */
  | { action: "patient.found"; details: Record<never, never> }
  | { action: "appointment.no_show"; details: { who: "patient" | "practitioner"; automatic: boolean } }
  | { action: "appointment.no_show_reverted"; details: Record<never, never> }
  | { action: "encounter.arrived"; details: Record<never, never> }
  | { action: "encounter.message_sent"; details: { kind: "soon" | "text" } }
  /** Of a visit, in a list in which what was said to whoever waits is opened. */
  | { action: "waiting_message.read"; details: { as: "patient" | "practitioner" } }
  | {
      action: "encounter.devices_checked";
      details: { outcome: "ready" | "audio_only" | "not_ready" };
    }
  | { action: "encounter.started"; details: Record<never, never> }
  | { action: "encounter.finished"; details: Record<never, never> }
  | { action: "encounter.reopened"; details: Record<never, never> }
  | { action: "conference.link_minted"; details: { as: "patient" | "practitioner" | "third" } }
  | { action: "encounter.called"; details: Record<never, never> }
  | { action: "encounter.entry_changed"; details: { entry: "guest" | "account" } }
  | { action: "queue.joined"; details: Record<never, never> }
  | { action: "queue.visit_entered"; details: Record<never, never> }
  | { action: "queue.put_back"; details: Record<never, never> }
  | { action: "queue.place_entered"; details: Record<never, never> }
  | { action: "queue.left"; details: { by: "patient" | "system" } }
  | { action: "queue.offer_read"; details: Record<never, never> }
  | { action: "queue.offer_answered"; details: { by: "accepted" | "declined" } }
  | { action: "queue.duty_changed"; details: { onDuty: boolean; by?: "system" } }
  | { action: "queue.phone_left"; details: Record<never, never> }
  | { action: "queue.priority_given"; details: { priority: number } }
  | { action: "queue.priority_taken"; details: Record<never, never> }
  | { action: "note.saved"; details: Record<never, never> }
  | { action: "record.read"; details: Record<never, never> }
  | { action: "summary.drafted"; details: { part: number } }
  | { action: "summary.signed"; details: { part: number } }
  | { action: "summary.read"; details: { as: "patient" | "practitioner" } }
  | { action: "summary_template.saved"; details: Record<never, never> }
  | { action: "summary_template.removed"; details: Record<never, never> }
  | { action: "feedback.given"; details: Record<never, never> }
  | { action: "conversation.opened"; details: { as: "patient" | "practitioner" } }
  | { action: "conversation.read"; details: { as: "patient" | "practitioner" } }
  | { action: "message.sent"; details: { as: "patient" | "practitioner" } }
  | { action: "conversation.visit_joined"; details: Record<never, never> }
  | { action: "file.attached"; details: { as: "patient" | "practitioner" } }
  | { action: "file.discarded"; details: { as: "patient" | "practitioner" } }
  | { action: "file.scanned"; details: { verdict: "clean" | "refused" } }
  | { action: "file.read"; details: { as: "patient" | "practitioner" } }
  | { action: "third_person.invited"; details: { kind: string } }
  | { action: "third_person.arrived"; details: Record<never, never> }
  | { action: "third_person.admitted"; details: Record<never, never> }
  | { action: "third_person.revoked"; details: Record<never, never> }
  | { action: "handover.offered"; details: Record<never, never> }
  | { action: "handover.read"; details: Record<never, never> }
  | { action: "handover.decided"; details: { by: "accepted" | "declined" | "withdrawn" } }
  | { action: "practitioner.created"; details: Record<never, never> }
  | { action: "practitioner.delay_announced"; details: { minutes: number; mailed: number } }
  | { action: "practitioner.changed"; details: { fields: readonly string[] } }
  | { action: "practitioner.hours_changed"; details: { rules: number } }
  | { action: "practitioner.override_changed"; details: { date: string; intervals: number } }
  | { action: "practitioner.override_removed"; details: { date: string } }
  | { action: "practitioner.time_off_added"; details: Record<never, never> }
  | { action: "practitioner.time_off_removed"; details: Record<never, never> }
  | { action: "closure.added"; details: Record<never, never> }
  | { action: "closure.removed"; details: Record<never, never> }
  | { action: "closure.imported"; details: { added: number } }
  | { action: "intake_question.changed"; details: Record<never, never> }
  | { action: "consent_text.published"; details: { kind: string; version: number } }
  | { action: "consent.given"; details: { kind: string; version: number } }
  | { action: "consent.withdrawn"; details: { kind: string; version: number } }
  | { action: "encounter.recording_changed"; details: { on: boolean } }
  | { action: "settings.changed"; details: { keys: readonly string[] } }
  /** Events that were kept long enough went from the beginnings of chains: `<chain>:<first that is left>`, for every chain ever cut. */
  | { action: "audit.cut"; details: { begins: readonly string[] } }
  /** Kept long enough, so many rows of a kind went, of these tables. */
  | { action: "retention.swept"; details: { kind: string; rows: number; tables: readonly string[] } }
  | { action: "visit_type.created"; details: Record<never, never> }
  | { action: "visit_type.changed"; details: { fields: readonly string[] } };

/** What a personal link is for. */
export type LinkOpens =
  | "invitation"
  | "sign_in"
  | "password_reset"
  | "email_change"
  | "data_export"
  | "visit"
  | "waitlist_entry"
  | "queue_place"
  | "third_person";

/** By what somebody proved who they are. */
export type SignInMethod =
  | "password"
  | "totp"
  | "recovery_code"
  | "email_link"
  | "invitation"
  | "password_reset"
  | "setup"
  | "provider";
export type SignInRefusal = "wrong_credentials" | "wrong_code" | ProviderRefusal;

/** Why a sign-in by the clinic's own accounts came to nothing. The trail says it; the screen has one text for all. */
export type ProviderRefusal =
  /** It did not answer, or not in time. */
  | "provider_unreachable"
  /** It answered, and not as it must: a signature, a claim, an error of its own. */
  | "provider_answer"
  /** Nobody asked for it, in this browser or at all, or it was used before. */
  | "provider_unasked"
  /** The provider does not vouch for the address. */
  | "email_not_verified"
  /** Nobody of the staff has the address, and no role is given to newcomers. */
  | "not_known"
  /** The account is somebody else's at the same provider: an address that was given on. */
  | "linked_elsewhere"
  /** A newcomer who would administer the clinic without a second step. */
  | "second_step_missing"
  | "no_role"
  | "disabled";

/**
 * Who did it, and from which address, where that is known. People stand in the trail by their pseudonyms, so that erasing somebody breaks
 * no hash.
 */
export type AuditActor =
  | { kind: "user"; pseudonym: string; address?: string | undefined }
  | { kind: "link"; pseudonym: string; address?: string | undefined }
  | { kind: "anonymous"; address?: string | undefined }
  | { kind: "system"; address?: undefined };

/**
 * What it was done to. Patients and accounts are none: they stand in the trail by their pseudonyms alone, since an id beside one would
 * say for as long as the trail is kept who somebody erased was, and from a patient's id guest ids are derived.
 */
export type AuditEntity = {
  type:
    | "appointment"
    | "encounter"
    | "data_export"
    | "erasure"
    | "emergency_access"
    | "practitioner"
    | "third_person"
    | "queue_entry"
    | "handover"
    | "conversation"
    | "attachment"
    | "summary_template"
    | "visit_type"
    | "session"
    | "closure"
    | "waitlist_entry"
    | "intake_question"
    | "consent_text"
    | "setting";
  id: string;
};

export type AuditInput = AuditAction & {
  actor: AuditActor;
  outcome: "success" | "refused";
  /** Whose record or account it concerns: a pseudonym. It chooses the hash chain. */
  subject: string | undefined;
  entity: AuditEntity | undefined;
  /** The client's address, where the actor does not bring it along. */
  address?: string | undefined;
};

/** One line of the file of seals: what somebody who can change the database cannot change there. */
export type SealLine = { sequence: string; sealedAt: string; root: string };

/** What is wrong with the trail, and where. */
export type AuditFinding =
  /** An event is not what was written, or does not follow the one before it. */
  | { kind: "changed" | "gap"; chain: number; sequence: string }
  /** The chain ends before or behind where its head says. */
  | { kind: "head"; chain: number; sequence: string }
  /** An event that was sealed is gone from the end, or is another one now. */
  | { kind: "cut" | "replaced"; chain: number; sequence: string }
  /** This event and those after it should have been sealed by now. */
  | { kind: "unsealed"; chain: number; sequence: string }
  /** This event says of others that they were kept long enough, and no seal has those, or none that was old enough then. */
  | { kind: "unfounded"; chain: number; sequence: string }
  /** A seal is not what was written, or one is missing between two. */
  | { kind: "seal_changed" | "seal_gap"; sequence: string }
  /** The file of seals has one that the database has not, or another one. */
  | { kind: "seal_missing" | "seal_differs"; sequence: string }
  /** The file has none of the seals from one to another, which should have been written by now. */
  | { kind: "seal_unwritten"; sequence: string; until: string };

/** Where chains begin whose first events were kept long enough and are gone: the first sequence that is left. */
export type ChainBeginnings = ReadonlyMap<number, bigint>;

export type AuditReport = {
  events: number;
  seals: number;
  sealLines: number;
  beginnings: ChainBeginnings;
  findings: AuditFinding[];
};
