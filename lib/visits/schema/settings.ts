import { z } from "zod";
import type { VisitNumberName, VisitSettings, VisitSwitchName } from "../types/settings";

/** How many minutes the clinic may choose, and what holds until it does. */
export const VISIT_NUMBER_BOUNDS = {
  patientOpensMinutes: { min: 5, max: 240, standard: 30 },
  practitionerOpensMinutes: { min: 5, max: 240, standard: 30 },
  closesAfterMinutes: { min: 5, max: 720, standard: 60 },
  noShowAfterMinutes: { min: 5, max: 120, standard: 15 },
  emptyGraceMinutes: { min: 1, max: 120, standard: 10 },
  aloneGraceMinutes: { min: 5, max: 240, standard: 20 },
  longestOverrunMinutes: { min: 30, max: 1440, standard: 240 },
} as const satisfies Record<VisitNumberName, { min: number; max: number; standard: number }>;

export const VISIT_NUMBERS = Object.keys(VISIT_NUMBER_BOUNDS) as readonly VisitNumberName[];
export const VISIT_SWITCHES = [
  "noShowAutomatic",
  "appLinks",
  "recording",
] as const satisfies readonly VisitSwitchName[];
export const VISIT_SETTINGS: readonly (keyof VisitSettings)[] = [...VISIT_NUMBERS, ...VISIT_SWITCHES];

const typed = (name: VisitNumberName) =>
  z
    .string({ error: "required" })
    .trim()
    .min(1, "required")
    .regex(/^\d{1,6}$/, "number")
    .transform(Number)
    .pipe(
      z
        .number()
        .min(VISIT_NUMBER_BOUNDS[name].min, "out_of_range")
        .max(VISIT_NUMBER_BOUNDS[name].max, "out_of_range"),
    );

/** A box that is not ticked is not sent. */
const ticked = z
  .literal("on")
  .optional()
  .transform((value) => value === "on");

/** What the settings' form sends. Faults: `required`, `number`, `out_of_range`. */
export const visitSettingsSchema = z.object({
  patientOpensMinutes: typed("patientOpensMinutes"),
  practitionerOpensMinutes: typed("practitionerOpensMinutes"),
  closesAfterMinutes: typed("closesAfterMinutes"),
  noShowAfterMinutes: typed("noShowAfterMinutes"),
  emptyGraceMinutes: typed("emptyGraceMinutes"),
  aloneGraceMinutes: typed("aloneGraceMinutes"),
  longestOverrunMinutes: typed("longestOverrunMinutes"),
  noShowAutomatic: ticked,
  appLinks: ticked,
  recording: ticked,
});

const stored = (name: VisitNumberName) => {
  const { min, max, standard } = VISIT_NUMBER_BOUNDS[name];
  return z.int().min(min).max(max).catch(standard);
};
const off = z.boolean().catch(false);

const storedFields = z.object({
  patientOpensMinutes: stored("patientOpensMinutes"),
  practitionerOpensMinutes: stored("practitionerOpensMinutes"),
  closesAfterMinutes: stored("closesAfterMinutes"),
  noShowAfterMinutes: stored("noShowAfterMinutes"),
  emptyGraceMinutes: stored("emptyGraceMinutes"),
  aloneGraceMinutes: stored("aloneGraceMinutes"),
  longestOverrunMinutes: stored("longestOverrunMinutes"),
  noShowAutomatic: off,
  appLinks: off,
  recording: off,
});

/** What is stored; whatever is missing there, or makes no sense any more, is the standard. */
export const storedVisitSettingsSchema = storedFields.catch(() => storedFields.parse({}));
