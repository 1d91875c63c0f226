import { z } from "zod";
import { startSchema } from "@/lib/booking/schema/book";
import { textSchema } from "@/lib/core/text";
import { LONGEST_DELAY_MINUTES, LONGEST_MESSAGE } from "../constants";

const appointmentId = z.uuid("required");

/** What the forms beside a visit send. Faults: `required`, `too_long`, `characters`. */
export const soonSchema = z.object({ appointmentId });
export const waitingTextSchema = z.object({
  appointmentId,
  text: textSchema(LONGEST_MESSAGE).pipe(z.string().min(1, "required")),
});
export const noShowSchema = z.object({ appointmentId, who: z.enum(["patient", "practitioner"]) });
export const revertNoShowSchema = z.object({ appointmentId });

/**
 * How late the practitioner runs: typed, or one of the numbers that need no typing; zero takes it back. Faults: `required`, `number`,
 * `out_of_range`.
 */
export const delaySchema = z
  .object({ minutes: z.string({ error: "required" }), preset: z.string().optional() })
  .transform(({ minutes, preset }) => ({ minutes: preset ?? minutes }))
  .pipe(
    z.object({
      minutes: z
        .string()
        .trim()
        .min(1, "required")
        .regex(/^\d{1,6}$/, "number")
        .transform(Number)
        .pipe(z.number().max(LONGEST_DELAY_MINUTES, "out_of_range")),
    }),
  );

/** What a patient's form says that books another time in the place of a visit that did not take place. */
export const rebookSchema = z.object({
  token: z.string().max(100).optional(),
  appointmentId: appointmentId.optional(),
  startAt: startSchema,
});
