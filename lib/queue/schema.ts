import { z } from "zod";
import { emailSchema } from "@/lib/auth/schema";
import {
  ANSWER_FIELD,
  askForName,
  CONSENT_FIELD,
  fieldsAfter,
  idSchema,
  nameSchema,
  phoneSchema,
} from "@/lib/booking/schema/book";
import { REASON_MAX_LENGTH } from "@/lib/core/limits";
import { textSchema } from "@/lib/core/text";
import { VISIT_LANGUAGES } from "@/lib/directory/constants";

/** What was answered and agreed to on joining, as it is kept until there is a visit. */
export const keptIntakeSchema = z.object({
  answers: z.array(z.object({ questionId: z.string(), value: z.string() })),
  consentTextIds: z.array(z.string()),
});

const languages: readonly string[] = VISIT_LANGUAGES;

/** What somebody asks for who wants to see somebody now; the same for everybody. */
const joinFields = {
  specialtyId: idSchema,
  visitTypeId: idSchema,
  /** ISO 639-1; empty for any. */
  language: z
    .string()
    .refine((code) => code === "" || languages.includes(code), "invalid")
    .transform((code) => code || undefined),
  reason: textSchema(REASON_MAX_LENGTH),
  idempotencyKey: idSchema,
  visitFor: z.enum(["me", "other"]).default("me"),
  patientName: nameSchema.optional(),
};

type Common = z.output<z.ZodObject<typeof joinFields>>;

const wishOf = (form: Common & Readonly<Record<string, unknown>>) => ({
  specialtyId: form.specialtyId,
  visitTypeId: form.visitTypeId,
  language: form.language,
  reason: form.reason,
  idempotencyKey: form.idempotencyKey,
  answers: Object.fromEntries(fieldsAfter(ANSWER_FIELD, form)),
  consentTextIds: fieldsAfter(CONSENT_FIELD, form).map(([id]) => id),
});

/** Joining without an account. Name, address and phone are those of whoever asks. */
export const joinAsGuestSchema = z.preprocess(
  askForName,
  z
    .looseObject({ ...joinFields, name: nameSchema, email: emailSchema, phone: phoneSchema })
    .transform((form) => {
      const { name, email, phone, patientName } = form;
      const wish = wishOf(form);
      if (patientName === undefined) return { wish, patient: { name, email, phone } };
      return { wish, patient: { name: patientName, contactName: name, email, phone } };
    }),
);

/** Joining with an account: for its patient, or for somebody for whom it speaks. */
export const joinAsPatientSchema = z.preprocess(
  askForName,
  z
    .looseObject({ ...joinFields, patientId: z.union([z.literal(""), idSchema]).optional() })
    .transform((form) => {
      const wish = wishOf(form);
      if (form.visitFor === "me") return { wish, patient: "me" as const };
      const { patientId, patientName = "" } = form;
      return { wish, patient: patientId ? { id: patientId } : { name: patientName } };
    }),
);

/** The personal link to a place, which is the right to it. */
export const placeSchema = z.object({ token: z.string().max(100) });

/** A visit that came from the line: by its personal link, or of whoever is signed in. */
export const backToPlaceSchema = z.object({
  token: z.string().max(100).optional(),
  appointmentId: idSchema.optional(),
});

export const leavePhoneSchema = placeSchema.extend({ phone: phoneSchema });

export const offerSchema = z.object({ offerId: idSchema });

export const dutySchema = z.object({ onDuty: z.enum(["on", "off"]).transform((value) => value === "on") });

export const PRIORITY_REASON_MAX_LENGTH = 500;

/** Letting somebody go first: why has to be said. */
export const prioritySchema = z.object({
  entryId: idSchema,
  reason: textSchema(PRIORITY_REASON_MAX_LENGTH).refine((text) => text !== "", "required"),
});

/** Somebody who waits. */
export const entrySchema = z.object({ entryId: idSchema });
