import type { JoinWaitlistRefusal, TakeOfferRefusal } from "@/lib/booking/types/waitlist";
import type { FormState, PipelineRefusal } from "@/lib/core/form";

export type JoinState = FormState<JoinWaitlistRefusal>;

/** Field → fault → its words, keys of `waitlist.problems`, in the order of the page. */
const WORDS = {
  fromOn: { required: "fromOn.required", date: "fromOn.invalid" },
  toOn: { required: "toOn.required", date: "toOn.invalid", order: "toOn.order" },
  fromTime: { time: "fromTime" },
  toTime: { time: "toTime.invalid", order: "toTime.order" },
  name: { required: "name.required", too_long: "name.tooLong", characters: "name.characters" },
  email: { required: "email.required", email: "email.invalid", too_long: "email.tooLong" },
  phone: { phone: "phone.invalid", too_long: "phone.tooLong" },
} as const;

type Field = keyof typeof WORDS;
type Words<F> = F extends Field ? (typeof WORDS)[F][keyof (typeof WORDS)[F]] : never;
export type JoinProblem = { fieldId: Field; words: Words<Field> };

/** What is to be mended in the form. */
export function joinProblems(state: JoinState): JoinProblem[] {
  if (state.status !== "refused" || state.reason !== "invalid") return [];
  return (Object.keys(WORDS) as Field[]).flatMap((fieldId) => {
    const words = Object.entries(WORDS[fieldId]).find(([fault]) => fault === state.fields[fieldId])?.[1];
    return words ? [{ fieldId, words: words as Words<Field> }] : [];
  });
}

/** Refusals that are told as one sentence. */
export type ToldRefusal =
  | JoinWaitlistRefusal
  | Exclude<TakeOfferRefusal, "answers" | "consents">
  | Exclude<PipelineRefusal, "invalid">;
