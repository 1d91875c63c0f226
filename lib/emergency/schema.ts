import { z } from "zod";
import { readPatientQuery } from "@/lib/booking/rules/patient-query";
import { isId } from "@/lib/core/ids";
import { NAME_MAX_LENGTH } from "@/lib/core/limits";
import { lineSchema, textSchema } from "@/lib/core/text";
import { EMERGENCY_REASONS, EMERGENCY_TEXT_MAX_LENGTH } from "./constants";

/** A whole address or phone number; a name is no proof that somebody is meant. */
const contactSchema = lineSchema(254).transform((text, context) => {
  const query = readPatientQuery(text);
  if (query && query.by !== "name") return query;
  context.addIssue({ code: "custom", message: "contact" });
  return z.NEVER;
});

/** Whose record, and why. */
export const openSchema = z.object({
  name: lineSchema(NAME_MAX_LENGTH),
  contact: contactSchema,
  reason: z.enum(EMERGENCY_REASONS, { error: "required" }),
  text: textSchema(EMERGENCY_TEXT_MAX_LENGTH).refine((text) => text !== "", "required"),
});

export const endSchema = z.object({ accessId: z.string({ error: "invalid" }).refine(isId, "invalid") });
