import type { Confirmation, ProofRefusal } from "@/lib/auth/types";
import type { EmergencyReason } from "@/lib/emergency/types";
import type { MomentDto } from "@/lib/time/format";

/** Keys of `trail.what`. */
export type RecordEvent =
  | "visitRead"
  | "visitOpened"
  | "recordRead"
  | "handedOver"
  | "handedToAuthority"
  | "handedForClaim"
  | "noteSaved"
  | "summaryDrafted"
  | "summarySigned"
  | "summaryRead"
  | "corrected"
  | "claimed"
  | "found"
  | "contactRead"
  | "conversationOpened"
  | "conversationRead"
  | "messageSent"
  | "fileRead"
  | "fileAttached"
  | "fileDiscarded"
  | "booked"
  | "moved"
  | "cancelled"
  | "noShow"
  | "noShowReverted"
  | "started"
  | "finished"
  | "reopened"
  | "entryChanged"
  | "waitingMessage"
  | "waitingRead"
  | "recordingOn"
  | "recordingOff"
  | "joined"
  | "thirdInvited"
  | "thirdArrived"
  | "thirdAdmitted"
  | "thirdRevoked"
  | "handoverOffered"
  | "handoverRead"
  | "handoverDecided"
  | "queueOfferRead"
  | "priorityGiven"
  | "priorityTaken"
  | "queueLeft"
  | "queuePutBack"
  | "waitlistLeft"
  | "waitlistOffered"
  | "accountChanged"
  | "secondStepRemoved"
  | "passwordLinkSent"
  | "signedOut"
  | "emergencyOpened"
  | "emergencyRead"
  | "emergencyEnded"
  | "erasureAsked"
  | "erasureRead"
  | "erasureRefused"
  | "erasureApproved"
  | "erasureDone"
  | "trailSearched"
  | "trailExported";

/**
 * Who did something, as far as the portal still knows: `person` by name, `former` for somebody who is not known any more, of the staff or a patient, `link` for
 * whoever held a personal link.
 */
export type Doer = { kind: "person" | "link"; name: string } | { kind: "former" | "portal" | "anonymous" };

/** One line of what became of a patient's record. */
export type RecordLine = {
  id: string;
  at: MomentDto;
  who: Doer;
  what: RecordEvent;
  /** Why a record was opened in an emergency, as the practitioner chose; nothing for all else. */
  why: EmergencyReason | null;
  /** Whose record it was, for whoever speaks for several people. */
  whose: string | null;
};

/** The lines of one day, the last day first. */
export type RecordDay = { date: string; lines: RecordLine[] };

export type RecordHistory = {
  days: RecordDay[];
  /** The place of the times' zone. */
  zone: string;
  /** Where the next page begins; nothing at the end. */
  older: string | null;
};

/** What an administrator looks for, as the page's address has it. Nothing in it names anybody. */
export type TrailQuery = {
  /** ISO dates on the clinic's clock, both included; empty for none. */
  from: string;
  to: string;
  action: string;
  outcome: "" | "success" | "refused";
  /** A pseudonym: of who did it, or of whose record it was. */
  person: string;
};

/** One event as administrators read it. */
export type TrailLine = {
  id: string;
  at: MomentDto;
  action: string;
  outcome: string;
  who: Doer;
  /** Whose record or account it concerned; nothing where it concerned nobody's. */
  whose: Doer | null;
  entityType: string | null;
  address: string | null;
  /** The event's own facts, one after the other. */
  details: string;
};

export type TrailPage = {
  query: TrailQuery;
  /** Whose name the search is for. */
  person: string | null;
  actions: readonly string[];
  lines: TrailLine[];
  zone: string;
  older: string | null;
  /** How the reader confirms an export. */
  confirmation: Confirmation;
};

/** Why there is no file. */
export type ExportRefusal = "not_found" | ProofRefusal;
