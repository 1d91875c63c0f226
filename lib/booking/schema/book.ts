import { z } from "zod";
import { emailSchema } from "@/lib/auth/schema";
import { NAME_MAX_LENGTH, REASON_MAX_LENGTH } from "@/lib/core/limits";
import { lineSchema, textSchema } from "@/lib/core/text";
import { parseInstant } from "@/lib/time/instant";

const idSchema = z.guid({ error: "invalid" }).toLowerCase();

/** An RFC 3339 instant on a whole minute. */
const startSchema = z.string().transform((value, context) => {
  const instant = parseInstant(value);
  if (!instant || instant.epochMilliseconds % 60_000 !== 0) {
    context.addIssue({ code: "custom", message: "invalid" });
    return z.NEVER;
  }
  return instant;
});

const phoneSchema = z
  .string()
  .trim()
  .max(30, "too_long")
  .regex(/^(\+?[0-9 ()./-]{5,30})?$/, "phone")
  .transform((value) => value || undefined)
  .optional();

/** What is booked, the same for everybody. */
const visitFields = {
  practitionerId: idSchema,
  visitTypeId: idSchema,
  startAt: startSchema,
  reason: textSchema(REASON_MAX_LENGTH),
  /** Made with the form, so that a second click or a resubmit finds the first booking. */
  idempotencyKey: idSchema,
};

/** A booking by somebody with an account: who they are is known. */
export const bookAsPatientSchema = z.object(visitFields);

/** A booking without an account. */
export const bookAsGuestSchema = z.object({
  ...visitFields,
  name: lineSchema(NAME_MAX_LENGTH),
  email: emailSchema,
  phone: phoneSchema,
});
