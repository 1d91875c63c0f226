import { z } from "zod";
import { REASON_MAX_LENGTH } from "@/lib/core/limits";
import { textSchema } from "@/lib/core/text";
import { idSchema, startSchema } from "./book";

/** Whose visit: that of the personal link whose token comes in the body, else one of the account that is signed in. */
const visitFields = {
  token: z.string().max(100).optional(),
  appointmentId: idSchema.optional(),
};

/** What the form says that moves a visit. */
export const moveVisitSchema = z.object({ ...visitFields, startAt: startSchema });

/** The same for one that cancels it. Patients need not say why. */
export const cancelVisitSchema = z.object({ ...visitFields, reason: textSchema(REASON_MAX_LENGTH) });
