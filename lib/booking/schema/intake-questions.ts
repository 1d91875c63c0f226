import { z } from "zod";
import { isId } from "@/lib/core/ids";
import { lineSchema, textSchema } from "@/lib/core/text";

const QUESTION_MAX_LENGTH = 200;
const OPTION_MAX_LENGTH = 80;
const MAX_OPTIONS = 20;
const CONSENT_MAX_LENGTH = 10_000;

const idSchema = z.string({ error: "invalid" }).refine(isId, "invalid");
const optionSchema = lineSchema(OPTION_MAX_LENGTH);

type Option = { value: string; names: { en: string; ru: string } };

/** One option in both languages, "Yes | Да"; `undefined` for anything else. */
function readOption(line: string, index: number): Option | undefined {
  const parts = line.split("|").map((part) => optionSchema.safeParse(part));
  const [en, ru] = parts;
  if (parts.length !== 2 || !en?.success || !ru?.success) return undefined;
  return { value: String(index + 1), names: { en: en.data, ru: ru.data } };
}

const questionFields = {
  kind: z.enum(["text", "choice", "number", "date"], { error: "required" }),
  labelEn: lineSchema(QUESTION_MAX_LENGTH),
  labelRu: lineSchema(QUESTION_MAX_LENGTH),
  /** A line for each option of a choice; other kinds leave it aside. */
  options: textSchema(MAX_OPTIONS * (2 * OPTION_MAX_LENGTH + 4)).optional(),
  required: z.literal("on").optional(),
};

type QuestionFields = z.output<z.ZodObject<typeof questionFields>>;

function toQuestion(fields: QuestionFields, context: z.core.$RefinementCtx) {
  const lines = (fields.options ?? "").split("\n").filter((line) => line.trim() !== "");
  const options = fields.kind === "choice" ? lines.map(readOption) : [];
  const isWhole = options.every((option) => option !== undefined) && options.length <= MAX_OPTIONS;
  if (!isWhole || (fields.kind === "choice" && options.length < 2))
    context.addIssue({ code: "custom", message: "options", path: ["options"], input: fields.options });
  return {
    kind: fields.kind,
    labels: { en: fields.labelEn, ru: fields.labelRu },
    options: fields.kind === "choice" ? options.filter((option) => option !== undefined) : null,
    required: fields.required === "on",
  };
}

/**
 * A question of a visit type; with `questionId` in place of that one. Faults: `required`, `too_long`, `characters`, and `options`
 * for a choice without at least two options, each in both languages.
 */
export const intakeQuestionSchema = z
  .object({
    ...questionFields,
    visitTypeId: idSchema,
    questionId: z.union([z.literal(""), idSchema]).optional(),
  })
  .transform(({ visitTypeId, questionId, ...fields }, context) => ({
    visitTypeId,
    questionId: questionId || undefined,
    ...toQuestion(fields, context),
  }));

export const intakeQuestionIdSchema = z.object({ questionId: idSchema });

export const moveQuestionSchema = z.object({
  questionId: idSchema,
  direction: z.enum(["up", "down"], { error: "invalid" }),
});

/** A new version of what patients agree to, written after having read `afterVersion`; 0 where there was none. */
export const consentTextSchema = z
  .object({
    kind: z.enum(["treatment", "data", "recording"], { error: "invalid" }),
    afterVersion: z
      .string()
      .regex(/^\d{1,6}$/, "invalid")
      .transform(Number),
    textEn: textSchema(CONSENT_MAX_LENGTH).pipe(z.string().min(1, "required")),
    textRu: textSchema(CONSENT_MAX_LENGTH).pipe(z.string().min(1, "required")),
  })
  .transform(({ textEn, textRu, ...rest }) => ({ ...rest, texts: { en: textEn, ru: textRu } }));

export type IntakeQuestionInput = z.output<typeof intakeQuestionSchema>;
export type ConsentTextInput = z.output<typeof consentTextSchema>;
