import { z } from "zod";
import { proofSchema } from "@/lib/auth/schema";
import { idSchema, nameSchema, phoneSchema } from "@/lib/booking/schema/book";
import { isId } from "@/lib/core/ids";
import { textSchema } from "@/lib/core/text";
import { isTimeZone } from "@/lib/core/time-zone";
import { isLocale } from "@/lib/i18n/locales";
import { REFUSAL_MAX_LENGTH } from "./constants";

const erasureId = z.string().refine(isId, "invalid");

export const approveErasureSchema = z.object({ erasureId, ...proofSchema.shape });

export const refuseErasureSchema = z.object({
  erasureId,
  reason: textSchema(REFUSAL_MAX_LENGTH).pipe(z.string().min(1, "required")),
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
