import { z } from "zod";
import { CONSENT_FIELD, fieldsAfter, idSchema } from "@/lib/booking/schema/book";

/** What a patient agrees to on a visit's page, whose key comes as with every form there: by link, or by account. */
export const agreeSchema = z
  .looseObject({
    token: z.string().max(100).optional(),
    appointmentId: idSchema.optional(),
  })
  .transform(({ token, appointmentId, ...form }) => ({
    token,
    appointmentId,
    consentTextIds: fieldsAfter(CONSENT_FIELD, form).map(([id]) => id),
  }));
