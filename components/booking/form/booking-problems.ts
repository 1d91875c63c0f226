import type { BookingRefusal } from "@/lib/booking/types/booking";
import type { FormState } from "@/lib/core/form";
import type { MomentDto } from "@/lib/time/format";

/** What both booking actions answer. */
export type BookingState = FormState<BookingRefusal | "not_a_patient", MomentDto[]>;

/** The words for each fault that a field's schema can name; the keys are of `booking.problems`. */
const WORDS = {
  name: { required: "name.required", too_long: "name.tooLong", characters: "name.characters" },
  email: { required: "email.required", email: "email.invalid", too_long: "email.tooLong" },
  phone: { phone: "phone.invalid", too_long: "phone.tooLong" },
  reason: { too_long: "reason.tooLong", characters: "reason.characters" },
} as const;

type Field = keyof typeof WORDS;
type Words = { [F in Field]: (typeof WORDS)[F][keyof (typeof WORDS)[F]] }[Field];
export type BookingProblem = { fieldId: Field; words: Words };

/** What the person has to mend, in the order of the fields on the page. */
export function problemsOf(state: BookingState): BookingProblem[] {
  if (state.status !== "refused" || state.reason !== "invalid") return [];
  return (Object.keys(WORDS) as Field[]).flatMap((fieldId) => {
    const fault = state.fields[fieldId];
    const words = Object.entries(WORDS[fieldId]).find(([literal]) => literal === fault)?.[1];
    return words ? [{ fieldId, words }] : [];
  });
}

/** Refusals after which the same form can be sent with another time. */
export type TimeRefusal = Exclude<BookingRefusal, "already_booked">;

const TIME_REFUSALS: readonly string[] = [
  "slot_taken",
  "patient_busy",
  "not_offered",
  "no_guest_seat",
] satisfies TimeRefusal[];

export const isTimeRefusal = (reason: string): reason is TimeRefusal => TIME_REFUSALS.includes(reason);

/**
 * Other times travel with the form under this prefix, the words for each by its instant: the next answer may be about one of them,
 * and neither the browser nor the action could put it into words.
 */
const WORDS_OF_TIME = "at:";

export const timeWordsField = (iso: string): string => `${WORDS_OF_TIME}${iso}`;

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
