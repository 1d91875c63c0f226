import type { FormState } from "@/lib/core/form";

/** Faults that the staff's schemas name → their words, keys of `staff.faults`. */
const FAULTS = {
  required: "required",
  too_long: "tooLong",
  characters: "characters",
  email: "email",
  phone: "phone",
  no_contact: "noContact",
} as const;

type FaultWords = (typeof FAULTS)[keyof typeof FAULTS] | "invalid";

export type StaffProblem = { fieldId: string; message: string; fault: string };

const isKnown = (fault: string): fault is keyof typeof FAULTS => Object.hasOwn(FAULTS, fault);

/**
 * What has to be mended, in the order of the fields.
 *
 * @param labels field name → its label, in the order of the page; a field's id is its name
 */
export function staffProblems(
  state: FormState<string, unknown>,
  labels: Readonly<Record<string, string>>,
  words: (fault: FaultWords) => string,
): StaffProblem[] {
  if (state.status !== "refused" || state.reason !== "invalid") return [];
  return Object.entries(labels).flatMap(([fieldId, label]) => {
    const fault = state.fields[fieldId];
    if (fault === undefined) return [];
    const said = words(isKnown(fault) ? FAULTS[fault] : "invalid");
    return [{ fieldId, message: `${label}: ${said}`, fault: said }];
  });
}
