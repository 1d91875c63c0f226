import { z } from "zod";
import { emailSchema } from "@/lib/auth/schema";
import { NAME_MAX_LENGTH, REASON_MAX_LENGTH } from "@/lib/core/limits";
import { lineSchema, textSchema } from "@/lib/core/text";
import { parseInstant } from "@/lib/time/instant";

export const idSchema = z.guid({ error: "invalid" }).toLowerCase();

/** An RFC 3339 instant on a whole minute. */
export const startSchema = z.string().transform((value, context) => {
  const instant = parseInstant(value);
  if (!instant || instant.epochMilliseconds % 60_000 !== 0) {
    context.addIssue({ code: "custom", message: "invalid" });
    return z.NEVER;
  }
  return instant;
});

export const phoneSchema = z
  .string()
  .trim()
  .max(30, "too_long")
  .regex(/^(\+?[0-9 ()./-]{5,30})?$/, "phone")
  .transform((value) => value || undefined)
  .optional();

export const nameSchema = lineSchema(NAME_MAX_LENGTH);

/** Names of fields that a form has for each question and each text; what follows is its id. */
export const ANSWER_FIELD = "answer:";
export const CONSENT_FIELD = "consent:";

/** What is booked, the same for everybody. */
const visitFields = {
  practitionerId: idSchema,
  visitTypeId: idSchema,
  startAt: startSchema,
  reason: textSchema(REASON_MAX_LENGTH),
  /** Made with the form, so that a second click or a resubmit finds the first booking. */
  idempotencyKey: idSchema,
  /** For whoever books, or for somebody else: a child, a parent. */
  visitFor: z.enum(["me", "other"]).default("me"),
  /** Of somebody else who is not known yet; what stands there otherwise goes unread. */
  patientName: nameSchema.optional(),
};

/** Says before all else whether a name is asked for, so that everything that is wrong with a form is found at once. */
export const askForName = (form: unknown) => {
  const sent = typeof form === "object" && form !== null ? (form as Record<string, unknown>) : {};
  const isAsked = sent.visitFor === "other" && !sent.patientId;
  return { ...sent, patientName: isAsked ? (sent.patientName ?? "") : undefined };
};

/** What a form says under names that begin alike, by what follows. */
export const fieldsAfter = (prefix: string, form: Readonly<Record<string, unknown>>): [string, string][] =>
  Object.entries(form).flatMap(([name, value]) =>
    name.startsWith(prefix) && typeof value === "string" ? [[name.slice(prefix.length), value]] : [],
  );

type Common = z.output<z.ZodObject<typeof visitFields>>;

/** A form's fields as a booking has them; the answers are read as their questions ask once these are known. */
const visitOf = (form: Common & Readonly<Record<string, unknown>>) => ({
  practitionerId: form.practitionerId,
  visitTypeId: form.visitTypeId,
  startAt: form.startAt,
  reason: form.reason,
  idempotencyKey: form.idempotencyKey,
  answers: Object.fromEntries(fieldsAfter(ANSWER_FIELD, form)),
  consentTextIds: fieldsAfter(CONSENT_FIELD, form).map(([id]) => id),
});

/** A booking by somebody with an account: who they are is known. For somebody else they say whom, or a new name. */
export const bookAsPatientSchema = z.preprocess(
  askForName,
  z
    .looseObject({ ...visitFields, patientId: z.union([z.literal(""), idSchema]).optional() })
    .transform((form) => {
      const visit = visitOf(form);
      if (form.visitFor === "me") return { visit, patient: "me" as const };
      const { patientId, patientName = "" } = form;
      return { visit, patient: patientId ? { id: patientId } : { name: patientName } };
    }),
);

/** A booking without an account. Name, address and phone are those of whoever books. */
export const bookAsGuestSchema = z.preprocess(
  askForName,
  z
    .looseObject({ ...visitFields, name: nameSchema, email: emailSchema, phone: phoneSchema })
    .transform((form) => {
      const { name, email, phone, patientName } = form;
      const visit = visitOf(form);
      if (patientName === undefined) return { visit, patient: { name, email, phone } };
      return { visit, patient: { name: patientName, contactName: name, email, phone } };
    }),
);
