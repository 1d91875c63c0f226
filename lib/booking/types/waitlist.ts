import type { Actor } from "@/lib/access/types";
import type { MomentDto } from "@/lib/time/format";
import type { Wishes } from "../rules/wishes";
import type { NewPatient } from "./booking";
import type { IntakeDto, VisitFactsDto } from "./form";

/** Whom somebody waits for: one practitioner, or anybody of a specialty. */
export type WaitsFor = { practitionerId: string } | { specialtyCode: string };

/** Who waits: the account's own patient, or somebody without an account. */
export type Waiter =
  | { kind: "account"; userId: string; pseudonym: string }
  | ({ kind: "guest" } & NewPatient);

export type NewWaitlistEntry = Wishes & {
  waiter: Waiter;
  waitsFor: WaitsFor;
  visitTypeId: string;
  locale: string;
  address: string | undefined;
};

export type JoinWaitlistRefusal =
  /** Neither the practitioner nor the specialty can be booked for this visit type (any more). */
  | "not_offered"
  /** The same patient waits for the same already. */
  | "already_waiting"
  /** The last wished date has passed, or lies before the first. */
  | "dates";

/** What gives the right to one entry: its personal link, the account that waits, or staff. */
export type EntryKey =
  | { token: string; address?: string | undefined }
  | { entryId: string; actor: Actor; as: "patient" | "staff" };

export type TakeOfferRefusal =
  | "not_found"
  /** The offer has run out, or was taken or declined. */
  | "offer_ended"
  /** The patient has another visit at that time. */
  | "patient_busy"
  | "answers"
  | "consents";

/** An entry as whoever waits sees it. */
export type WaitlistEntryDto = {
  entryId: string;
  status: "waiting" | "booked" | "ended";
  /** A practitioner's name or a specialty. */
  who: string;
  visitType: string;
  /** "1 – 14 March" */
  dates: string;
  /** Names of the wished weekdays; none for any. */
  weekdays: string[];
  /** Wished hours; none for any. */
  hours: { from: string; to: string } | null;
  /** Where times are to be found without waiting. */
  timesHref: string;
  offer: { visit: VisitFactsDto; deadline: MomentDto; intake: IntakeDto } | null;
};

/** The page on which somebody joins. */
export type JoinWaitlistDto = {
  who: string;
  waitsFor: WaitsFor;
  visitTypes: { visitTypeId: string; name: string; isChosen: boolean }[];
  /** ISO civil dates in the viewer's zone: the earliest and the latest that can be wished. */
  firstDate: string;
  lastDate: string;
  weekdays: { weekday: number; name: string }[];
  /** The zone's place and offset, as the wishes are understood. */
  zone: { place: string; offset: string };
  accountName: string | null;
};

/** An entry as staff see it. */
export type WaitlistRowDto = {
  entryId: string;
  patientName: string;
  who: string;
  visitType: string;
  dates: string;
  since: string;
  offerUntil: string | null;
};
