import type { FeedbackProblem } from "./constants";

/** Why a note was not saved. */
export type NoteRefusal =
  | "not_found"
  /** Somebody has saved a later version: another tab, or the colleague who has taken the visit over. */
  | "outdated";

/** Why a summary was not saved or signed. */
export type SummaryRefusal =
  | "not_found"
  /** Nobody has started the visit. */
  | "not_started"
  | "outdated"
  /** What was signed never changes; a correction is an addendum. */
  | "signed";

export type FeedbackRefusal =
  | "not_found"
  /** The visit did not take place, or has not ended. */
  | "not_finished"
  /** The day in which it could be changed is over. */
  | "too_late";

/** A visit's note as it stands, for its practitioner. */
export type NoteDto = {
  version: number;
  text: string;
  /** When it was last saved; nothing for an empty one. */
  savedTime: string | null;
  history: { version: number; savedAt: string; author: string; text: string }[];
};

/** A summary (part 0) or an addendum. */
export type SummaryPartDto = {
  part: number;
  revision: number;
  text: string;
  author: string;
  /** When it was signed, in words; nothing for a draft. */
  signed: string | null;
};

/** What can be written next: the summary, or another addendum, as far as it was drafted. */
export type SummaryDraftDto = { part: number; revision: number; text: string };

export type TemplateDto = { templateId: string; title: string; text: string; isOwn: boolean };

/** One of the patient's earlier visits with this practitioner. */
export type EarlierVisitDto = {
  appointmentId: string;
  date: string;
  visitType: string;
  note: string | null;
  summary: string | null;
};

/** What stands beside a visit, for its practitioner. */
export type VisitRecordDto = {
  appointmentId: string;
  note: NoteDto;
  parts: SummaryPartDto[];
  draft: SummaryDraftDto;
  templates: TemplateDto[];
  earlier: EarlierVisitDto[];
};

/** What a patient reads of a visit, and said of it. */
export type PatientRecordDto = {
  appointmentId: string;
  /** Signed parts only, in order. */
  parts: SummaryPartDto[];
  pdfPath: string | null;
  feedback: {
    /** Whether something can be said, or changed, at the moment. */
    isOpen: boolean;
    given: { quality: number; problems: FeedbackProblem[]; comment: string } | null;
  };
};
