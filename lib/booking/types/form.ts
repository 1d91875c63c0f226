import type { MomentDto } from "@/lib/time/format";
import type { AnswerFault, BookedConsentKind, IntakeKind } from "./intake";

/** What a patient needs to know of one visit, on the viewer's clock. */
export type VisitFactsDto = {
  practitionerName: string;
  specialty: string;
  visitType: string;
  durationMinutes: number;
  starts: MomentDto;
  endTime: string;
  /** The start on the practitioner's clock, where it differs. */
  practitionerStarts: MomentDto | null;
};

/** The page on which one time is booked. */
export type BookingPageDto = VisitFactsDto & {
  practitionerId: string;
  visitTypeId: string;
  /** The account that books; none for a guest. */
  account: { name: string; dependants: { patientId: string; name: string }[] } | null;
  intake: IntakeDto;
  hold: HoldDto | null;
  /** Set where the time cannot be booked (any more): the nearest ones that can. */
  instead: { moment: MomentDto; href: string }[] | null;
  /** All times of this practitioner and visit type. */
  timesHref: string;
  /** This page. */
  href: string;
};

/** A question in the viewer's language. */
export type QuestionDto = {
  questionId: string;
  kind: IntakeKind;
  label: string;
  options: { value: string; name: string }[];
  required: boolean;
};

/** What is agreed to, in the viewer's language: its paragraphs. */
export type ConsentDto = { consentTextId: string; kind: BookedConsentKind; paragraphs: string[] };

/** What the form asks beyond who comes and why. */
export type IntakeDto = { questions: QuestionDto[]; consents: ConsentDto[] };

/** The time of the page as this visitor holds it. */
export type HoldDto = {
  holdId: string;
  /** Until when, on the viewer's clock; over where they held it and nobody has taken it since. */
  untilTime: string;
  secondsLeft: number;
};

/** What helps to go on after a refusal. */
export type BookingHelpDto = {
  /** Free times near the one that was refused, earliest first. */
  times: MomentDto[];
  /** The questions and texts as they are now, where the form's answers to them were refused. */
  intake: (IntakeDto & { faults: Record<string, AnswerFault>; missing: MissingConsent[] }) | null;
};

/** A text that was not agreed to; changed, where an earlier wording of it was. */
export type MissingConsent = { consentTextId: string; isChanged: boolean };
