import type { BookingRefusal } from "@/lib/booking/types/booking";
import type { BookingHelpDto, IntakeDto } from "@/lib/booking/types/form";
import type { FormState } from "@/lib/core/form";
import type { MomentDto } from "@/lib/time/format";

/** What both booking actions answer. */
export type BookingState = FormState<BookingRefusal | "not_a_patient", BookingHelpDto>;

/** The answer of any form that asks as booking does. */
export type AskedState = FormState<string, Pick<BookingHelpDto, "intake">>;

/** The words for each fault that a field's schema can name; the keys are of `booking.problems`. */
const WORDS = {
  patientName: {
    required: "patientName.required",
    too_long: "patientName.tooLong",
    characters: "patientName.characters",
  },
  name: { required: "name.required", too_long: "name.tooLong", characters: "name.characters" },
  email: { required: "email.required", email: "email.invalid", too_long: "email.tooLong" },
  phone: { phone: "phone.invalid", too_long: "phone.tooLong" },
  reason: { too_long: "reason.tooLong", characters: "reason.characters" },
} as const;

/** The same for answers, with the question in the words. */
const ANSWER_WORDS = {
  required: "answer.required",
  too_long: "answer.tooLong",
  characters: "answer.characters",
  choice: "answer.choice",
  number: "answer.number",
  date: "answer.date",
} as const;

type Field = keyof typeof WORDS;
type FieldWords = { [F in Field]: (typeof WORDS)[F][keyof (typeof WORDS)[F]] }[Field];
type AnswerWords = (typeof ANSWER_WORDS)[keyof typeof ANSWER_WORDS];

export type BookingProblem =
  | { fieldId: Field; words: FieldWords }
  | { fieldId: string; words: AnswerWords; question: string }
  | { fieldId: string; words: "consent.required" | "consent.changed" };

/** The name and id of the field that answers a question, and of the box that agrees to a text; the schema reads them so. */
export const answerField = (questionId: string): string => `answer:${questionId}`;
export const consentField = (consentTextId: string): string => `consent:${consentTextId}`;

/** The questions and texts of the form: those that came with a refusal are newer than the page's. */
export const presentIntake = (state: AskedState, page: IntakeDto): IntakeDto =>
  (state.status === "refused" && state.detail?.intake) || page;

/** What the person has to mend, in the order of the fields on the page. */
export function problemsOf(state: AskedState): BookingProblem[] {
  if (state.status !== "refused") return [];
  if (state.reason === "invalid") {
    return (Object.keys(WORDS) as Field[]).flatMap((fieldId) => {
      const fault = state.fields[fieldId];
      const words = Object.entries(WORDS[fieldId]).find(([literal]) => literal === fault)?.[1];
      return words ? [{ fieldId, words }] : [];
    });
  }
  const intake = state.detail?.intake;
  if (!intake) return [];
  const answers = intake.questions.flatMap(({ questionId, label }) => {
    const fault = intake.faults[questionId];
    return fault ? [{ fieldId: answerField(questionId), words: ANSWER_WORDS[fault], question: label }] : [];
  });
  const consents = intake.missing.map(({ consentTextId, isChanged }) => ({
    fieldId: consentField(consentTextId),
    words: isChanged ? ("consent.changed" as const) : ("consent.required" as const),
  }));
  return [...answers, ...consents];
}

/** Refusals after which the same form can be sent with another time. */
export type TimeRefusal = Exclude<
  BookingRefusal,
  "already_booked" | "answers" | "consents" | "unknown_patient"
>;

const TIME_REFUSALS: readonly string[] = [
  "slot_taken",
  "patient_busy",
  "not_offered",
  "day_full",
  "no_guest_seat",
] satisfies TimeRefusal[];

export const isTimeRefusal = (reason: string): reason is TimeRefusal => TIME_REFUSALS.includes(reason);

/**
 * Other times travel with the form under this prefix, the words for each by its instant: the next answer may be about one of them,
 * and neither the browser nor the action could put it into words.
 */
const WORDS_OF_TIME = "at:";

export const timeWordsField = (iso: string): string => `${WORDS_OF_TIME}${iso}`;

/** The free times that came with a refusal. */
export const otherTimes = (state: BookingState): readonly MomentDto[] =>
  (state.status === "refused" && state.detail?.times) || [];

/**
 * The time that the form is about: another one than the page's after it was chosen among the nearest ones.
 *
 * @returns nothing while it is the page's own
 */
export function chosenInstead(state: BookingState, pageIso: string): { iso: string; words: string } | null {
  if (state.status !== "refused") return null;
  const iso = state.values.startAt;
  const words = iso === undefined ? undefined : state.values[timeWordsField(iso)];
  return iso === undefined || iso === pageIso || words === undefined ? null : { iso, words };
}
