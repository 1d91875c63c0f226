import { z } from "zod";
import { emailSchema, proofSchema } from "@/lib/auth/schema";
import { fieldsAfter, idSchema, nameSchema, phoneSchema } from "@/lib/booking/schema/book";
import { isId } from "@/lib/core/ids";
import { textSchema } from "@/lib/core/text";
import { isTimeZone } from "@/lib/core/time-zone";
import { isLocale } from "@/lib/i18n/locales";
import { ERASURE_PROOFS, REFUSAL_MAX_LENGTH } from "./constants";

const erasureId = z.string().refine(isId, "invalid");

/** The name of a field that takes a booking without an account along; what follows is the patient's id. */
export const INCLUDE_FIELD = "include:";

export const approveErasureSchema = z
  .looseObject({ erasureId, ...proofSchema.shape })
  .transform((form) => ({ ...form, include: fieldsAfter(INCLUDE_FIELD, form).map(([id]) => id) }));

/** Whose data is to go: everybody's for whom the account stands, or the one patient's. */
export const ALL_OF_THEM = "all";
export const requestErasureSchema = z.object({
  whose: z
    .union([z.literal(ALL_OF_THEM), idSchema])
    .default(ALL_OF_THEM)
    .transform((whose) => (whose === ALL_OF_THEM ? undefined : whose)),
  ...proofSchema.shape,
});

/** What an administrator says of somebody who asked the clinic itself. */
export const deskErasureSchema = z.object({
  patientId: idSchema,
  proof: z.enum(ERASURE_PROOFS, "required"),
});

export const refuseErasureSchema = z.object({
  erasureId,
  reason: textSchema(REFUSAL_MAX_LENGTH).pipe(z.string().min(1, "required")),
});

/** What staff were told of somebody without an account; `version` is of what they saw when they began. */
export const contactSchema = z.object({
  patientId: idSchema,
  version: z.string().max(64, "invalid"),
  name: nameSchema,
  /** None is sent where the form has no such field, and the address stays; an empty one takes it away. */
  email: z
    .string()
    .trim()
    .transform((email) => email || null)
    .pipe(emailSchema.nullable())
    .optional(),
  phone: phoneSchema,
  locale: z.string().refine(isLocale, "invalid"),
  timeZone: z.string().refine(isTimeZone, "invalid"),
  ...proofSchema.shape,
});

/** What patients say of themselves anew; `version` is of what they saw when they began. */
export const profileSchema = z.object({
  patientId: idSchema,
  version: z.string().max(64, "invalid"),
  name: nameSchema,
  phone: phoneSchema,
  locale: z.string().refine(isLocale, "invalid"),
  timeZone: z.string().refine(isTimeZone, "invalid"),
});
