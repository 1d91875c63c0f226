import type { FormState } from "@/lib/core/form";

/** Literal faults of the administration's schemas → the words for each, keys of `admin.faults`. */
const FAULTS = {
  required: "required",
  email: "email",
  too_long: "tooLong",
  characters: "characters",
  number: "number",
  out_of_range: "outOfRange",
  too_many: "tooMany",
  options: "options",
  time_zone: "timeZone",
} as const;

export type FaultWords = (typeof FAULTS)[keyof typeof FAULTS] | "invalid";

/** The least and the most that a number may be, by field name. */
export type Bounds = Readonly<Record<string, { min: number; max: number }>>;

const asSentence = (words: string) => words.charAt(0).toLocaleUpperCase() + words.slice(1);

const isKnown = (fault: string): fault is keyof typeof FAULTS => Object.hasOwn(FAULTS, fault);

/** `message` names the field, for the summary; `fault` stands beside the field. */
export type Problem = { fieldId: string; message: string; fault: string };

/**
 * What has to be mended, in the order of the fields.
 *
 * @param labels field id → its label, in the order of the page. A field's id is its name; where several forms of a page have it,
 *   what sets it apart stands before: `roles-ownPassword`
 */
export function problemsOf(
  state: FormState<string, unknown>,
  labels: Readonly<Record<string, string>>,
  words: {
    problem: (field: string, fault: string) => string;
    fault: (fault: FaultWords, fieldId: string) => string;
  },
): Problem[] {
  if (state.status !== "refused" || state.reason !== "invalid") return [];
  return Object.entries(labels).flatMap(([fieldId, label]) => {
    const fault = state.fields[fieldId.slice(fieldId.lastIndexOf("-") + 1)];
    if (fault === undefined) return [];
    const said = words.fault(isKnown(fault) ? FAULTS[fault] : "invalid", fieldId);
    return [{ fieldId, message: words.problem(label, said), fault: asSentence(said) }];
  });
}
