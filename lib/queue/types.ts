import type { IntakeDto } from "@/lib/booking/types/form";

/** Why nobody was put into the queue. */
export type JoinQueueRefusal =
  /** No such kind of visit is offered at once by anybody of this specialty. */
  | "not_offered"
  /** They wait already, by another's form. */
  | "already_waiting"
  | "answers"
  | "consents"
  | "unknown_patient";

/** Why an offered visit was not taken. */
export type AnswerRefusal =
  | "not_found"
  /** Its time ran out, or the patient has gone. */
  | "offer_ended"
  /** In a visit, or about to be. */
  | "practitioner_busy"
  | "patient_busy"
  /** The practitioner's next visit begins too soon. */
  | "too_short"
  | "no_guest_seat"
  | "not_offered";

/** Why nobody goes first. */
export type PriorityRefusal =
  /** They do not wait any more. */
  "not_found";

/** A kind of visit that somebody of a specialty offers at once. */
export type NowKindDto = { visitTypeId: string; name: string; durationMinutes: number; href: string };

/** A specialty that offers visits at once, as it stands at the moment. */
export type NowSpecialtyDto = {
  specialtyId: string;
  code: string;
  name: string;
  href: string;
  /** How many are on duty and at their page. */
  onDuty: number;
  /** How many wait already. */
  waiting: number;
  /** About how long somebody waits who joins now; nothing where nobody can know. */
  expectedMinutes: number | null;
};

/** One line of a specialty's usual hours, in one zone. */
export type HoursLineDto = { days: string; times: string };

/** When somebody of a specialty is usually there, on the clocks of one zone. */
export type HoursDto = { zone: string; lines: HoursLineDto[] };

/** The page on which somebody asks to be seen now. */
export type JoinPageDto = NowSpecialtyDto & {
  kind: NowKindDto;
  /** Other kinds of this specialty. */
  otherKinds: NowKindDto[];
  languages: { value: string; label: string }[];
  account: { name: string; dependants: { patientId: string; name: string }[] } | null;
  intake: IntakeDto;
  /** When visits are usually held; by zone. */
  hours: HoursDto[];
  /** Times to book, and the waitlist. */
  bookHref: string;
  waitlistHref: string;
};

export type PlacePhase = "waiting" | "asking" | "accepted" | "left" | "lapsed";

/** How somebody's place stands. Whole, and nothing of anybody else. */
export type PlaceState = {
  phase: PlacePhase;
  /** From 1. */
  place: number;
  expectedMinutes: number | null;
  /** How many are on duty who could see them. */
  onDuty: number;
};

/** The page of a place in the queue. */
export type PlaceDto = {
  entryId: string;
  specialty: string;
  visitType: string;
  language: string | null;
  /** At which the clinic may reach them. */
  phone: string | null;
  bookHref: string;
  waitlistHref: string;
  nowHref: string;
  /** When visits are usually held, for when nobody is there any more. */
  hours: HoursDto[];
  state: PlaceState;
};

/** Somebody who is offered to a practitioner. */
export type OfferDto = {
  offerId: string;
  patientName: string;
  visitType: string;
  language: string | null;
  reason: string | null;
  /** Why staff let them go first, if they did. */
  priorityReason: string | null;
  waitedMinutes: number;
  /** RFC 3339. */
  expiresAt: string;
};

/** A practitioner's part of the queue. */
export type DutyState = {
  /** Whether any kind of visit of theirs is offered at once. */
  isOffered: boolean;
  onDuty: boolean;
  /** How many wait in their specialty. */
  waiting: number;
  offer: OfferDto | null;
};

/** Somebody in a line, as staff see it. */
export type QueueRowDto = {
  entryId: string;
  place: number;
  patientName: string;
  phone: string | null;
  specialty: string;
  visitType: string;
  language: string | null;
  joinedTime: string;
  waitedMinutes: number;
  /** Whether their page is there. */
  isPresent: boolean;
  /** Who is being asked for them. */
  askedName: string | null;
  /** Whether they were let go first; why, is for the practitioner who is asked. */
  goesFirst: boolean;
};

export type QueueDto = {
  rows: QueueRowDto[];
  onDuty: {
    practitionerId: string;
    name: string;
    specialty: string;
    isPresent: boolean;
    sinceTime: string;
  }[];
};
