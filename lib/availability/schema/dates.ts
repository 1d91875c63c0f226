import { z } from "zod";
import { isId } from "@/lib/core/ids";
import { parseDate } from "@/lib/time/zones";

/** A wall-clock time, "HH:MM". */
export const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

/** Years in which a clinic plans anything. */
const FIRST_YEAR = 2000;
const LAST_YEAR = 2099;

/** An ISO civil date that exists, such as `2026-11-23`. Faults: `required`, `date`. */
export const dateSchema = z
  .string({ error: "required" })
  .trim()
  .min(1, "required")
  .refine((text) => {
    const date = parseDate(text);
    return date !== undefined && FIRST_YEAR <= date.year && date.year <= LAST_YEAR;
  }, "date");

/** "HH:MM", or nothing. Browsers with a seconds wheel send "09:00:00". Fault: `time`. */
export const optionalTimeSchema = z
  .string()
  .trim()
  .transform((text) => text.replace(/^(\d\d:\d\d):00$/, "$1"))
  .refine((text) => text === "" || TIME.test(text), "time")
  .optional();

/** What every form of one practitioner's schedule has: whose it is, and the key of the visits that are to stay where they are. */
export const scheduleFields = {
  practitionerId: z.string({ error: "invalid" }).refine(isId, "invalid"),
  leave: z.string().max(100).optional(),
};
