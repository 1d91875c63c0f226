import { z } from "zod";
import { isId } from "@/lib/core/ids";
import { parseJson } from "@/lib/core/json";
import { lineSchema } from "@/lib/core/text";
import {
  CALENDAR_FILE_MAX_BYTES,
  CLOSURE_TITLE_MAX_LENGTH,
  IMPORT_UID_MAX_LENGTH,
  MAX_IMPORTED_CLOSURES,
} from "../constants";
import { dateSchema } from "./dates";

const leave = z.string().max(100).optional();

/** Days on which the clinic is closed; without a second date one day. Faults: `required`, `date`, `order` at `closedUntil`. */
export const closureSchema = z
  .object({
    leave,
    title: lineSchema(CLOSURE_TITLE_MAX_LENGTH),
    closedFrom: dateSchema,
    closedUntil: z.union([z.literal(""), dateSchema], "date").optional(),
  })
  .transform(({ closedFrom, closedUntil, ...rest }, context) => {
    const endOn = closedUntil || closedFrom;
    if (endOn < closedFrom)
      context.addIssue({ code: "custom", message: "order", path: ["closedUntil"], input: closedUntil });
    return { ...rest, startOn: closedFrom, endOn };
  });

export const closureIdSchema = z.object({
  closureId: z.string({ error: "invalid" }).refine(isId, "invalid"),
});

const importedSchema = z
  .array(
    z.object({
      title: lineSchema(CLOSURE_TITLE_MAX_LENGTH),
      startOn: dateSchema,
      endOn: dateSchema,
      importUid: lineSchema(IMPORT_UID_MAX_LENGTH),
    }),
  )
  .min(1)
  .max(MAX_IMPORTED_CLOSURES)
  .refine((days) => days.every(({ startOn, endOn }) => startOn <= endOn));

/**
 * First an iCalendar file to look into, as `calendar`; then, as `days`, what of it somebody has looked at and wants: it comes back as
 * the page gave it, and is checked again. A browser sends an empty file where none was chosen. Faults at `calendar`: `required`,
 * `file_size`, `invalid`.
 */
export const importSchema = z
  .object({
    leave,
    days: z.string().optional(),
    calendar: z.file().optional(),
  })
  .transform(({ leave: stays, days, calendar }, context) => {
    const fault = (message: string) => {
      context.addIssue({ code: "custom", message, path: ["calendar"], input: calendar });
      return z.NEVER;
    };
    if (days) {
      const parsed = importedSchema.safeParse(parseJson(days));
      return parsed.success
        ? { step: "add" as const, closures: parsed.data, leave: stays }
        : fault("invalid");
    }
    if (!calendar || calendar.size === 0) return fault("required");
    if (calendar.size > CALENDAR_FILE_MAX_BYTES) return fault("file_size");
    return { step: "look" as const, calendar };
  });
