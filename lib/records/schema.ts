import { z } from "zod";
import { isId } from "@/lib/core/ids";
import { lineSchema, textSchema } from "@/lib/core/text";
import {
  FEEDBACK_COMMENT_MAX_LENGTH,
  FEEDBACK_PROBLEMS,
  type FeedbackProblem,
  RECORD_MAX_LENGTH,
  TEMPLATE_TITLE_MAX_LENGTH,
} from "./constants";

const idSchema = z.string({ error: "invalid" }).refine(isId, "invalid");
/** What a form knew when it was made: of two tabs the older notices. */
const knownSchema = z
  .string()
  .regex(/^\d{1,6}$/, "invalid")
  .transform(Number);

export const noteSchema = z.object({
  appointmentId: idSchema,
  version: knownSchema,
  text: textSchema(RECORD_MAX_LENGTH),
});

const written = textSchema(RECORD_MAX_LENGTH).refine((text) => text !== "", "required");

export const summarySchema = z.object({
  appointmentId: idSchema,
  part: knownSchema,
  revision: knownSchema,
  text: written,
});

export const templateSchema = z.object({ title: lineSchema(TEMPLATE_TITLE_MAX_LENGTH), text: written });
export const templateIdSchema = z.object({ templateId: idSchema });

const isProblem = (name: string): name is FeedbackProblem =>
  (FEEDBACK_PROBLEMS as readonly string[]).includes(name);

/** A patient's word on a visit; each thing that went wrong is a box of its own, `problem.<name>`. */
export const feedbackSchema = z
  .looseObject({
    appointmentId: idSchema,
    token: z.string().max(100).optional(),
    quality: z.enum(["1", "2", "3", "4", "5"], { error: "required" }).transform(Number),
    comment: textSchema(FEEDBACK_COMMENT_MAX_LENGTH).optional(),
  })
  .transform(({ appointmentId, token, quality, comment, ...boxes }) => ({
    appointmentId,
    token,
    quality,
    comment: comment ?? "",
    problems: Object.keys(boxes)
      .filter((name) => name.startsWith("problem.") && boxes[name] === "on")
      .map((name) => name.slice("problem.".length))
      .filter(isProblem),
  }));
