import { z } from "zod";
import { emailSchema, proofSchema } from "@/lib/auth/schema";
import { isId } from "@/lib/core/ids";
import { EMERGENCY_REASONS } from "@/lib/emergency/constants";

/** The filter's parts, as the page's address and the export's form have them; what makes no sense counts for nothing. */
export const trailQuerySchema = z.object({
  from: z.iso.date().catch(""),
  to: z.iso.date().catch(""),
  action: z
    .string()
    .regex(/^[a-z_]+\.[a-z_]+$/)
    .catch(""),
  outcome: z.enum(["success", "refused"]).or(z.literal("")).catch(""),
  person: z.string().refine(isId).catch(""),
});

/** What the trail says of a record that was opened in an emergency. */
export const grantedSchema = z.object({ reason: z.enum(EMERGENCY_REASONS) });

export const findPersonSchema = z.object({ email: emailSchema });

/** What is exported, and as what. */
export const exportedSchema = z.object({
  ...trailQuerySchema.shape,
  format: z.enum(["csv", "fhir"], { error: "required" }),
});

export const exportSchema = z.object({
  ...exportedSchema.shape,
  ...proofSchema.shape,
});
