import { z } from "zod";
import { emailSchema } from "@/lib/auth/schema";
import { NAME_MAX_LENGTH } from "@/lib/core/limits";
import { lineSchema } from "@/lib/core/text";
import { parseDate } from "@/lib/time/zones";
import { ANSWER_FIELD, CONSENT_FIELD, idSchema, phoneSchema } from "./book";

const dateSchema = z
  .string({ error: "required" })
  .trim()
  .min(1, "required")
  .refine((value) => parseDate(value) !== undefined, "date");

/** Empty for no wish; browsers with a seconds wheel send "09:00:00". */
const timeSchema = z
  .string()
  .trim()
  .transform((value) => value.replace(/^(\d\d:\d\d):00$/, "$1") || "00:00")
  .pipe(z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "time"))
  .optional()
  .default("00:00");

const wishFields = {
  practitionerId: z.union([z.literal(""), idSchema]).optional(),
  specialtyCode: z.string().max(60, "invalid").optional(),
  visitTypeId: idSchema,
  fromOn: dateSchema,
  toOn: dateSchema,
  fromTime: timeSchema,
  toTime: timeSchema,
};

type WishForm = z.output<z.ZodObject<typeof wishFields>> & Readonly<Record<string, unknown>>;

function readWishes(form: WishForm, context: z.RefinementCtx) {
  const { practitionerId, specialtyCode, visitTypeId, fromOn, toOn, fromTime, toTime } = form;
  if (toOn < fromOn) context.addIssue({ code: "custom", path: ["toOn"], message: "order" });
  if (toTime !== "00:00" && toTime <= fromTime)
    context.addIssue({ code: "custom", path: ["toTime"], message: "order" });
  if (!practitionerId && !specialtyCode)
    context.addIssue({ code: "custom", path: ["practitionerId"], message: "invalid" });
  const weekdays = [1, 2, 3, 4, 5, 6, 7].filter((weekday) => form[`weekday.${weekday}`] === "on");
  return {
    waitsFor: practitionerId ? { practitionerId } : { specialtyCode: specialtyCode ?? "" },
    visitTypeId,
    fromOn,
    toOn,
    // Every day ticked is no wish.
    weekdays: weekdays.length === 7 ? [] : weekdays,
    fromTime,
    toTime,
  };
}

/** Joining by somebody with an account. */
export const joinAsPatientSchema = z.looseObject(wishFields).transform(readWishes);

/** Joining without an account. */
export const joinAsGuestSchema = z
  .looseObject({ ...wishFields, name: lineSchema(NAME_MAX_LENGTH), email: emailSchema, phone: phoneSchema })
  .transform((form, context) => ({
    wishes: readWishes(form, context),
    patient: { name: form.name, email: form.email, phone: form.phone },
  }));

/** The entry that a form is about: by its personal link's token, or by its id for the account that waits and for staff. */
const entryFields = { token: z.string().max(100).optional(), entryId: idSchema.optional() };

export const entrySchema = z.object(entryFields);

/** Taking an offer, with what is asked and agreed to at booking. */
export const takeOfferSchema = z.looseObject(entryFields).transform(({ token, entryId, ...form }) => ({
  token,
  entryId,
  answers: Object.fromEntries(after(ANSWER_FIELD, form)),
  consentTextIds: after(CONSENT_FIELD, form).map(([id]) => id),
}));

const after = (prefix: string, form: Readonly<Record<string, unknown>>): [string, string][] =>
  Object.entries(form).flatMap(([name, value]) =>
    name.startsWith(prefix) && typeof value === "string" ? [[name.slice(prefix.length), value]] : [],
  );
