import { z } from "zod";
import { emailSchema } from "@/lib/auth/schema";
import { NAME_MAX_LENGTH, REASON_MAX_LENGTH } from "@/lib/core/limits";
import { lineSchema, textSchema } from "@/lib/core/text";
import { LOCALES } from "@/lib/i18n/locales";
import { idSchema, phoneSchema, startSchema } from "./book";

const areaSchema = z.enum(["admin", "agenda"]);
const reasonSchema = textSchema(REASON_MAX_LENGTH);

const nothing = z.literal("").transform(() => undefined);

/** Somebody who is not known yet. One way to reach them there must be. */
const newPatientSchema = z
  .object({
    name: lineSchema(NAME_MAX_LENGTH),
    contactName: z.union([nothing, lineSchema(NAME_MAX_LENGTH)]).optional(),
    email: z.union([nothing, emailSchema]).optional(),
    phone: phoneSchema,
    locale: z.enum(LOCALES),
  })
  .refine(({ email, phone }) => email !== undefined || phone !== undefined, {
    error: "no_contact",
    path: ["email"],
  });

const knownPatientSchema = z.object({ patientId: idSchema });

/**
 * A booking on a patient's behalf. Both of the form's buttons send all of it: "Find" asks who is meant by what was typed, "Book"
 * books for whoever is chosen, or for somebody new.
 */
export const bookAsStaffSchema = z
  .looseObject({
    area: areaSchema,
    practitionerId: idSchema,
    visitTypeId: idSchema,
    startAt: startSchema,
    idempotencyKey: idSchema,
    intent: z.enum(["find", "book"]).default("book"),
    search: textSchema(NAME_MAX_LENGTH).default(""),
    who: z.enum(["known", "new"]).default("known"),
    reason: reasonSchema.default(""),
    overbookReason: reasonSchema.default(""),
    /** The visit that this one follows, whose patient it is for. */
    followsId: z.union([nothing, idSchema]).optional(),
  })
  .transform((form, context) => {
    const { area, practitionerId, visitTypeId, startAt, idempotencyKey, reason, overbookReason } = form;
    const { followsId } = form;
    const visit = { practitionerId, visitTypeId, startAt, idempotencyKey, reason, followsId };
    const common = { area, visit, search: form.search, overbookReason };
    // Enter in one of a new patient's fields presses the form's first button, which is "Find".
    const isSearch = form.who === "known" && (form.intent === "find" || !form.patientId);
    if (isSearch) return { ...common, patient: undefined };
    const patient = (form.who === "known" ? knownPatientSchema : newPatientSchema).safeParse(form);
    if (patient.success) return { ...common, patient: patient.data };
    for (const { path, message } of patient.error.issues)
      context.addIssue({ code: "custom", path: [...path], message });
    return z.NEVER;
  });

export type StaffBookingForm = z.output<typeof bookAsStaffSchema>;

/** A visit that staff move: to another time, to somebody else, or both; on top of other claims with a reason. */
export const moveAsStaffSchema = z.object({
  area: areaSchema,
  appointmentId: idSchema,
  practitionerId: idSchema,
  startAt: startSchema,
  overbookReason: reasonSchema.default(""),
});

/** A visit that staff cancel; the reason is part of the record. */
export const cancelAsStaffSchema = z.object({
  area: areaSchema,
  appointmentId: idSchema,
  reason: reasonSchema.refine((reason) => reason !== "", "required"),
});
