import { z } from "zod";
import { idSchema } from "@/lib/booking/schema/book";

/**
 * What a patient says to a recording: yes, to the text that was read, or no more. The visit is that of the personal link whose token
 * comes in the body, else one of the account that is signed in.
 */
export const recordingSchema = z.object({
  token: z.string().max(100).optional(),
  appointmentId: idSchema.optional(),
  answer: z.enum(["agree", "withdraw"], { error: "invalid" }),
  consentTextId: idSchema.optional(),
});
