import { Temporal } from "temporal-polyfill";
import { z } from "zod";
import { isId } from "@/lib/core/ids";
import { isTimeZone } from "@/lib/core/time-zone";
import { findOverlap } from "../rules/week";
import { dateSchema, optionalTimeSchema, scheduleFields } from "./dates";
import { readDay } from "./weekly-hours";

/** Takes the hours away that begin on a date. */
export const removePlanSchema = z.object({ ...scheduleFields, validFrom: dateSchema });

/**
 * One date's own hours: `overrideDate`, `openness` and, for an open day, the fields of the hours editor. Faults are the editor's,
 * and `no_hours` for an open day without any.
 */
export const overrideSchema = z
  .looseObject({
    ...scheduleFields,
    overrideDate: dateSchema,
    openness: z.enum(["open", "closed"], { error: "required" }),
  })
  .transform((fields, context) => {
    const faults: { field: string; message: string }[] = [];
    const entries = fields.openness === "open" ? readDay(fields, "date", faults) : [];
    // On the calendar of one week, whatever day of it: only the date's own intervals can overlap here.
    const overlapping = findOverlap(entries.map((interval) => ({ weekday: 1, ...interval })));
    const later = overlapping === undefined ? undefined : entries[overlapping];
    if (later) faults.push({ field: later.field, message: "overlap" });
    if (fields.openness === "open" && entries.length === 0 && faults.length === 0)
      faults.push({ field: "openness", message: "no_hours" });
    for (const { field, message } of faults)
      context.addIssue({ code: "custom", message, path: [field], input: fields });
    return {
      practitionerId: fields.practitionerId,
      leave: fields.leave,
      date: fields.overrideDate,
      intervals: entries.map(({ startTime, endTime }) => ({ startTime, endTime })),
    };
  });

export const removeOverrideSchema = z.object({ ...scheduleFields, date: dateSchema });

/**
 * Time off from a date, at a time or at its beginning, until a date, at a time or at its end; without a second date for one day.
 * Faults: `date`, `time`, and `order` at `awayUntil` for an end that is not after the start.
 */
export const timeOffSchema = z
  .object({
    ...scheduleFields,
    awayFrom: dateSchema,
    awayFromTime: optionalTimeSchema,
    awayUntil: z.union([z.literal(""), dateSchema], "date").optional(),
    awayUntilTime: optionalTimeSchema,
  })
  .transform(({ awayFrom, awayFromTime, awayUntil, awayUntilTime, ...of }, context) => {
    const lastOn = awayUntil || awayFrom;
    const startTime = awayFromTime || "00:00";
    const endOn = awayUntilTime ? lastOn : Temporal.PlainDate.from(lastOn).add({ days: 1 }).toString();
    const endTime = awayUntilTime || "00:00";
    if (`${endOn} ${endTime}` <= `${awayFrom} ${startTime}`)
      context.addIssue({ code: "custom", message: "order", path: ["awayUntil"], input: awayUntil });
    return { ...of, startOn: awayFrom, startTime, endOn, endTime };
  });

export const removeTimeOffSchema = z.object({
  ...scheduleFields,
  timeOffId: z.string({ error: "invalid" }).refine(isId, "invalid"),
});

export const timeZoneSchema = z.object({
  ...scheduleFields,
  timeZone: z.string({ error: "required" }).min(1, "required").refine(isTimeZone, "time_zone"),
});
