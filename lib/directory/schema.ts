import { z } from "zod";
import { emailSchema, proofSchema } from "@/lib/auth/schema";
import { isId } from "@/lib/core/ids";
import { lineSchema, textSchema } from "@/lib/core/text";
import { isTimeZone } from "@/lib/core/time-zone";
import { LOCALES } from "@/lib/i18n/locales";
import {
  DISPLAY_NAME_MAX_LENGTH,
  INTRODUCTION_MAX_LENGTH,
  MAX_REMINDERS,
  SPECIALTIES,
  VISIT_LANGUAGES,
  VISIT_TYPE_BOUNDS,
  VISIT_TYPE_NAME_MAX_LENGTH,
} from "./constants";

const idSchema = z.string({ error: "invalid" }).refine(isId, "invalid");

/**
 * The boxes of one question that are ticked. Each box is a field of its own, `<prefix>.<value>`, so that a form that comes back
 * without JavaScript knows every one of them by name.
 */
const ticked = (fields: Readonly<Record<string, unknown>>, prefix: string): string[] =>
  Object.keys(fields)
    .filter((name) => name.startsWith(`${prefix}.`) && fields[name] === "on")
    .map((name) => name.slice(prefix.length + 1));

const practitionerFields = {
  displayName: lineSchema(DISPLAY_NAME_MAX_LENGTH),
  timeZone: z.string({ error: "required" }).min(1, "required").refine(isTimeZone, "time_zone"),
  introductionEn: textSchema(INTRODUCTION_MAX_LENGTH).optional(),
  introductionRu: textSchema(INTRODUCTION_MAX_LENGTH).optional(),
};

type PractitionerFields = {
  displayName: string;
  timeZone: string;
  introductionEn?: string | undefined;
  introductionRu?: string | undefined;
};

const known: readonly string[] = VISIT_LANGUAGES;

function toDetails(fields: PractitionerFields, context: z.core.$RefinementCtx) {
  const languages = ticked(fields, "language");
  const visitTypeIds = ticked(fields, "visitType");
  if (languages.length === 0)
    context.addIssue({ code: "custom", message: "required", path: ["languages"], input: fields });
  if (languages.some((code) => !known.includes(code)))
    context.addIssue({ code: "custom", message: "invalid", path: ["languages"], input: fields });
  if (!visitTypeIds.every(isId))
    context.addIssue({ code: "custom", message: "invalid", path: ["visitTypes"], input: fields });
  const introductions = { en: fields.introductionEn ?? "", ru: fields.introductionRu ?? "" };
  return {
    displayName: fields.displayName,
    timeZone: fields.timeZone,
    languages,
    visitTypeIds,
    introductions: introductions.en === "" && introductions.ru === "" ? null : introductions,
  };
}

/** A new practitioner, with the address to invite and the language to invite in, and what shows who invites. */
export const newPractitionerSchema = z
  .looseObject({
    ...practitionerFields,
    ...proofSchema.shape,
    email: emailSchema,
    locale: z.enum(LOCALES, { error: "invalid" }),
    specialtyCode: z
      .string({ error: "required" })
      .refine((code) => Object.hasOwn(SPECIALTIES, code), "required"),
  })
  .transform((fields, context) => ({
    ...toDetails(fields, context),
    email: fields.email,
    locale: fields.locale,
    specialtyCode: fields.specialtyCode,
    ownPassword: fields.ownPassword,
    code: fields.code,
  }));

/** A practitioner's changed details. The specialty may be one that the clinic has and the portal's list has not. */
export const practitionerSchema = z
  .looseObject({
    ...practitionerFields,
    practitionerId: idSchema,
    specialtyCode: lineSchema(60),
    active: z.literal("on").optional(),
    /** The key of booked visits that are to stay although the change strands them. */
    leave: z.string().max(100).optional(),
  })
  .transform((fields, context) => ({
    ...toDetails(fields, context),
    practitionerId: fields.practitionerId,
    specialtyCode: fields.specialtyCode,
    active: fields.active === "on",
    leave: fields.leave,
  }));

/** A TrueConf account's name, as it may travel to TrueConf: without the characters that tell guests from accounts there. */
const trueconfUserSchema = z
  .string()
  .trim()
  .max(64, "too_long")
  .regex(/^[^\s*$\p{Cc}]*$/u, "characters");

/** How a practitioner enters visits. The account is kept while guests' entry is chosen, for single visits. */
export const practitionerEntrySchema = z
  .object({
    practitionerId: idSchema,
    entry: z.enum(["guest", "account"], { error: "required" }),
    trueconfUser: trueconfUserSchema,
  })
  .refine(({ entry, trueconfUser }) => entry === "guest" || trueconfUser !== "", {
    error: "required",
    path: ["trueconfUser"],
  })
  .transform((fields) => ({ ...fields, trueconfUser: fields.trueconfUser || null }));

export const practitionerIdSchema = z.object({ practitionerId: idSchema });

const whole = (name: keyof typeof VISIT_TYPE_BOUNDS) =>
  z
    .string({ error: "required" })
    .trim()
    .min(1, "required")
    .regex(/^\d{1,6}$/, "number")
    .transform(Number)
    .pipe(
      z
        .number()
        .min(VISIT_TYPE_BOUNDS[name].min, "out_of_range")
        .max(VISIT_TYPE_BOUNDS[name].max, "out_of_range"),
    );

/** The same for a number that may be left out, as `null`. */
const optionalWhole = (name: keyof typeof VISIT_TYPE_BOUNDS) =>
  z
    .string()
    .trim()
    .optional()
    .transform((text) => text || null)
    .pipe(z.union([z.null(), whole(name)]));

/** Minutes before the start, apart by commas or spaces, each once and the longest first. Faults: `number`, `out_of_range`, `too_many`. */
const remindersSchema = z
  .string({ error: "required" })
  .max(60, "too_long")
  .transform((text) => text.split(/[\s,;]+/).filter((part) => part !== ""))
  .pipe(z.array(whole("reminderMinutes")).max(MAX_REMINDERS, "too_many"))
  .transform((minutes) => [...new Set(minutes)].sort((a, b) => b - a));

const visitTypeFields = {
  nameEn: lineSchema(VISIT_TYPE_NAME_MAX_LENGTH),
  nameRu: lineSchema(VISIT_TYPE_NAME_MAX_LENGTH),
  durationMinutes: whole("durationMinutes"),
  intervalMinutes: whole("intervalMinutes"),
  bufferBeforeMinutes: whole("bufferBeforeMinutes"),
  bufferAfterMinutes: whole("bufferAfterMinutes"),
  minNoticeMinutes: whole("minNoticeMinutes"),
  horizonDays: whole("horizonDays"),
  maxPerDay: optionalWhole("maxPerDay"),
  changeNoticeMinutes: whole("changeNoticeMinutes"),
  reminderMinutes: remindersSchema,
};

const named = <T extends { nameEn: string; nameRu: string }>({ nameEn, nameRu, ...rest }: T) => ({
  ...rest,
  names: { en: nameEn, ru: nameRu },
});

export const newVisitTypeSchema = z.object(visitTypeFields).transform(named);

export const visitTypeSchema = z
  .object({
    ...visitTypeFields,
    visitTypeId: idSchema,
    active: z.literal("on").optional(),
    offeredNow: z.literal("on").optional(),
  })
  .transform((fields) => ({
    ...named(fields),
    active: fields.active === "on",
    offeredNow: fields.offeredNow === "on",
  }));

export type NewPractitioner = Omit<z.output<typeof newPractitionerSchema>, "ownPassword" | "code">;
export type PractitionerChange = z.output<typeof practitionerSchema>;
export type PractitionerEntryChange = z.output<typeof practitionerEntrySchema>;
export type NewVisitType = z.output<typeof newVisitTypeSchema>;
export type VisitTypeChange = z.output<typeof visitTypeSchema>;
