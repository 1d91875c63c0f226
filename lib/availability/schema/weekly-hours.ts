import { z } from "zod";
import { AROUND_THE_CLOCK, INTERVALS_PER_DAY, WEEKDAYS } from "../constants";
import { hoursField } from "../format/hours";
import { findOverlap } from "../rules/week";
import type { DayKey, WeeklyInterval } from "../types";
import { dateSchema, scheduleFields, TIME } from "./dates";

type Fields = Readonly<Record<string, unknown>>;
type DayInterval = Pick<WeeklyInterval, "startTime" | "endTime"> & { field: string };
type Fault = { field: string; message: string };

/** Browsers with a seconds wheel send "09:00:00". */
const timeIn = (fields: Fields, name: string): string => {
  const value = fields[name];
  return typeof value === "string" ? value.trim().replace(/^(\d\d:\d\d):00$/, "$1") : "";
};

/** One day's intervals. A row with nothing in it is no interval: that is how one is taken away without JavaScript. */
export function readDay(fields: Fields, day: DayKey, faults: Fault[]): DayInterval[] {
  const aroundTheClock = hoursField.aroundTheClock(day);
  if (fields[aroundTheClock] === "on") return [{ ...AROUND_THE_CLOCK, field: aroundTheClock }];
  const entries: DayInterval[] = [];
  for (let index = 0; index < INTERVALS_PER_DAY; index += 1) {
    const [startField, endField] = [hoursField.start(day, index), hoursField.end(day, index)];
    const [startTime, endTime] = [timeIn(fields, startField), timeIn(fields, endField)];
    if (startTime === "" && endTime === "") continue;
    if (!TIME.test(startTime)) faults.push({ field: startField, message: "time" });
    else if (!TIME.test(endTime)) faults.push({ field: endField, message: "time" });
    // Equal times would mean a whole day, which nobody chooses by a slip of the finger.
    else if (startTime === endTime) faults.push({ field: endField, message: "same_time" });
    else entries.push({ startTime, endTime, field: startField });
  }
  return entries;
}

/**
 * The hours editor's form: `start.<weekday>.<index>`, `end.<weekday>.<index>` and `aroundTheClock.<weekday>`, with the dates from
 * and until which the hours hold. Faults are `time`, `same_time` and `overlap`, `date` and `order`, at the field to mend.
 */
export const weeklyHoursSchema = z
  .looseObject({
    ...scheduleFields,
    /** Marks hours of a new time, which has to begin some day. */
    newPlan: z.literal("on").optional(),
    validFrom: z.union([z.literal(""), dateSchema], "date").optional(),
    validTo: z.union([z.literal(""), dateSchema], "date").optional(),
  })
  .transform((fields, context) => {
    const faults: Fault[] = [];
    const [validFrom, validTo] = [fields.validFrom || undefined, fields.validTo || undefined];
    if (fields.newPlan && !validFrom) faults.push({ field: "validFrom", message: "required" });
    if (validFrom && validTo && validTo < validFrom) faults.push({ field: "validTo", message: "order" });
    const entries = WEEKDAYS.flatMap((weekday) =>
      readDay(fields, weekday, faults).map((interval) => ({ weekday, ...interval })),
    );
    const overlapping = findOverlap(entries);
    const later = overlapping === undefined ? undefined : entries[overlapping];
    if (later) faults.push({ field: later.field, message: "overlap" });
    for (const { field, message } of faults)
      context.addIssue({ code: "custom", message, path: [field], input: fields });
    return {
      practitionerId: fields.practitionerId,
      leave: fields.leave,
      validFrom,
      validTo,
      hours: entries.map(({ field: _field, ...interval }): WeeklyInterval => interval),
    };
  });
