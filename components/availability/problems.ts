import type { FormState } from "@/lib/core/form";

/** Literal faults of the schedule's schemas, each with words of its own under `schedule.faults`. */
const FAULTS = [
  "required",
  "time",
  "same_time",
  "overlap",
  "date",
  "order",
  "no_hours",
  "time_zone",
  "too_long",
  "characters",
  "file_size",
] as const;

export type FaultWords = (typeof FAULTS)[number] | "invalid";

const wordsFor = (fault: string): FaultWords => FAULTS.find((known) => known === fault) ?? "invalid";

const asSentence = (words: string) => words.charAt(0).toLocaleUpperCase() + words.slice(1);

/** `message` names the field, for the summary; `fault` stands beside the field. */
export type Problem = { fieldId: string; message: string; fault: string };

/**
 * What has to be mended, in the order of the fields.
 *
 * @param labels field name → its label, in the order of the page; a field's id is its name
 */
export function problemsOf(
  state: FormState<string, unknown>,
  labels: Readonly<Record<string, string>>,
  words: { problem: (field: string, fault: string) => string; fault: (fault: FaultWords) => string },
): Problem[] {
  if (state.status !== "refused" || state.reason !== "invalid") return [];
  return Object.entries(labels).flatMap(([fieldId, label]) => {
    const found = state.fields[fieldId];
    if (found === undefined) return [];
    const said = words.fault(wordsFor(found));
    return [{ fieldId, message: words.problem(label, said), fault: asSentence(said) }];
  });
}
