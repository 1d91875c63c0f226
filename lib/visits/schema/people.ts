import { z } from "zod";
import { emailSchema } from "@/lib/auth/schema";
import { isId } from "@/lib/core/ids";
import { NAME_MAX_LENGTH } from "@/lib/core/limits";
import { lineSchema, textSchema } from "@/lib/core/text";

const idSchema = z.string({ error: "invalid" }).refine(isId, "invalid");
/** A visit by account, or by its personal link, whose token travels in the body. */
const visitFields = { appointmentId: idSchema, token: z.string().max(100).optional() };

/** Who is asked in. Without an address the link is handed over by whoever asks. */
export const inviteSchema = z.object({
  ...visitFields,
  kind: z.enum(["interpreter", "relative", "student", "other"], { error: "required" }),
  name: lineSchema(NAME_MAX_LENGTH),
  email: z
    .string()
    .trim()
    .optional()
    .transform((text) => text || undefined)
    .pipe(emailSchema.optional()),
});

export const thirdPersonSchema = z.object({ ...visitFields, thirdPersonId: idSchema });

const NOTE_MAX_LENGTH = 2_000;

/** To whom a visit is handed, with what they should know. */
export const handOverSchema = z.object({
  appointmentId: idSchema,
  practitionerId: z.string({ error: "required" }).min(1, "required").refine(isId, "required"),
  note: textSchema(NOTE_MAX_LENGTH).optional(),
});

export const handoverIdSchema = z.object({ handoverId: idSchema });
