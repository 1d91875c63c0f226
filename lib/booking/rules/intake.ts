import { Temporal } from "temporal-polyfill";
import { textSchema } from "@/lib/core/text";
import type { AnswerFault, IntakeQuestionDto } from "../types/intake";

export const ANSWER_MAX_LENGTH = 2_000;

/** Where an answer belongs: it opens nowhere else. */
export const answerPlace = (answerId: string): string => `intake.answer:${answerId}`;

/** Plain decimals, with a point or a comma; what is stored has the point. */
const NUMBER = /^-?\d{1,9}([.,]\d{1,6})?$/;
const DATE = /^(19|20|21)\d\d-\d\d-\d\d$/;

type Question = Pick<IntakeQuestionDto, "questionId" | "kind" | "required"> & {
  options: readonly { value: string }[];
};

export type CheckedAnswers = {
  /** What is stored, by question; questions left open are missing. */
  answers: { questionId: string; value: string }[];
  /** By question; empty where everything is well. */
  faults: Record<string, AnswerFault>;
  /** Something was written for what is not asked (any more). */
  hasStrangers: boolean;
};

/**
 * Reads answers as their questions ask for them.
 *
 * @param sent what was typed, by question
 */
export function checkAnswers(
  questions: readonly Question[],
  sent: Readonly<Record<string, string>>,
): CheckedAnswers {
  const answers: CheckedAnswers["answers"] = [];
  const faults: CheckedAnswers["faults"] = {};
  for (const question of questions) {
    const { questionId } = question;
    const answer = readAnswer(question, Object.hasOwn(sent, questionId) ? (sent[questionId] ?? "") : "");
    if ("fault" in answer) faults[questionId] = answer.fault;
    else if (answer.value !== "") answers.push({ questionId, value: answer.value });
  }
  const asked = new Set(questions.map(({ questionId }) => questionId));
  return {
    answers,
    faults,
    hasStrangers: Object.entries(sent).some(([id, value]) => value.trim() !== "" && !asked.has(id)),
  };
}

/** One answer as it is stored, empty for none. */
function readAnswer(
  { kind, required, options }: Question,
  sent: string,
): { value: string } | { fault: AnswerFault } {
  const text = textSchema(ANSWER_MAX_LENGTH).safeParse(sent);
  if (!text.success) {
    return { fault: text.error.issues[0]?.message === "too_long" ? "too_long" : "characters" };
  }
  const value = text.data;
  if (value === "") return required ? { fault: "required" } : { value };
  switch (kind) {
    case "text":
      return { value };
    case "choice":
      return options.some((option) => option.value === value) ? { value } : { fault: "choice" };
    case "number":
      return NUMBER.test(value) ? { value: value.replace(",", ".") } : { fault: "number" };
    case "date":
      return isDate(value) ? { value } : { fault: "date" };
  }
}

/** A day of the calendar: 30 February is none. */
function isDate(value: string): boolean {
  if (!DATE.test(value)) return false;
  try {
    Temporal.PlainDate.from(value);
    return true;
  } catch {
    return false;
  }
}
