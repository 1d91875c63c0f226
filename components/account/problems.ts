import type { FormState } from "@/lib/core/form";

/** Literal faults of names, addresses and passwords → the words for each, keys of `auth.faults`. */
const FAULTS = {
  required: "required",
  email: "email",
  too_long: "tooLong",
  characters: "characters",
  phone: "phone",
  password_short: "passwordShort",
  password_differs: "passwordDiffers",
} as const;

export type FaultWords = (typeof FAULTS)[keyof typeof FAULTS] | "invalid";

const asSentence = (words: string) => words.charAt(0).toLocaleUpperCase() + words.slice(1);

const isKnown = (fault: string): fault is keyof typeof FAULTS => Object.hasOwn(FAULTS, fault);

/** `message` names the field, for the summary; `fault` stands beside the field. */
export type Problem = { fieldId: string; message: string; fault: string };

/**
 * What has to be mended, in the order of the fields.
 *
 * @param labels field name → its label, in the order of the page; a field's id is its name
 */
export function problemsOf(
  state: FormState<string>,
  labels: Readonly<Record<string, string>>,
  words: { problem: (field: string, fault: string) => string; fault: (fault: FaultWords) => string },
): Problem[] {
  if (state.status !== "refused" || state.reason !== "invalid") return [];
  return Object.entries(labels).flatMap(([fieldId, label]) => {
    const fault = state.fields[fieldId];
    if (fault === undefined) return [];
    const said = words.fault(isKnown(fault) ? FAULTS[fault] : "invalid");
    return [{ fieldId, message: words.problem(label, said), fault: asSentence(said) }];
  });
}
