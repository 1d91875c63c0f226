import type { LocalizedText } from "@/lib/directory/types";

export type IntakeKind = "text" | "choice" | "number" | "date";

/** A question asked at booking. */
export type IntakeQuestionDto = {
  questionId: string;
  kind: IntakeKind;
  labels: LocalizedText;
  /** What a choice chooses from; none for other kinds. */
  options: { value: string; names: LocalizedText }[];
  required: boolean;
};

export type ConsentKind = "treatment" | "data" | "recording";

/** What everybody agrees to who books; a recording is asked about for each visit, apart. */
export type BookedConsentKind = Exclude<ConsentKind, "recording">;

/** One version of what patients agree to. */
export type ConsentTextDto<Kind extends ConsentKind = ConsentKind> = {
  consentTextId: string;
  kind: Kind;
  version: number;
  texts: LocalizedText;
};

/** What is wrong with an answer. */
export type AnswerFault = "required" | "too_long" | "characters" | "choice" | "number" | "date";

/** Why a question of a visit type, or a consent's text, was not changed. */
export type IntakeRefusal =
  | "not_found"
  /** A visit type has as many questions as a form can bear. */
  | "too_many_questions"
  /** Somebody else has published a version meanwhile. */
  | "outdated";

/** A consent's versions, the last first. */
export type ConsentVersion = ConsentTextDto & { publishedOn: string };
