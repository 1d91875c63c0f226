import { z } from "zod";
import { isId } from "@/lib/core/ids";
import { AROUND_THE_CLOCK, INTERVALS_PER_DAY, WEEKDAYS } from "../constants";
import { hoursField } from "../format/hours";
import { findOverlap } from "../rules/week";
import type { WeeklyInterval } from "../types";

const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

type Fields = Readonly<Record<string, unknown>>;
type Entry = WeeklyInterval & { field: string };
type Fault = { field: string; message: string };

/** Browsers with a seconds wheel send "09:00:00". */
const timeIn = (fields: Fields, name: string): string => {
  const value = fields[name];
  return typeof value === "string" ? value.trim().replace(/^(\d\d:\d\d):00$/, "$1") : "";
};

/** One day's intervals. A row with nothing in it is no interval: that is how one is taken away without JavaScript. */
function readDay(fields: Fields, weekday: WeeklyInterval["weekday"], faults: Fault[]): Entry[] {
  const aroundTheClock = hoursField.aroundTheClock(weekday);
  if (fields[aroundTheClock] === "on") return [{ weekday, ...AROUND_THE_CLOCK, field: aroundTheClock }];
  const entries: Entry[] = [];
  for (let index = 0; index < INTERVALS_PER_DAY; index += 1) {
    const [startField, endField] = [hoursField.start(weekday, index), hoursField.end(weekday, index)];
    const [startTime, endTime] = [timeIn(fields, startField), timeIn(fields, endField)];
    if (startTime === "" && endTime === "") continue;
    if (!TIME.test(startTime)) faults.push({ field: startField, message: "time" });
    else if (!TIME.test(endTime)) faults.push({ field: endField, message: "time" });
    // Equal times would mean a whole day, which nobody chooses by a slip of the finger.
    else if (startTime === endTime) faults.push({ field: endField, message: "same_time" });
    else entries.push({ weekday, startTime, endTime, field: startField });
  }
  return entries;
}

/**
 * The hours editor's form: `start.<weekday>.<index>`, `end.<weekday>.<index>` and `aroundTheClock.<weekday>`. Faults are `time`,
 * `same_time` and `overlap`, at the field to mend.
 */
export const weeklyHoursSchema = z
  .looseObject({ practitionerId: z.string({ error: "invalid" }).refine(isId, "invalid") })
  .transform((fields, context) => {
    const faults: Fault[] = [];
    const entries = WEEKDAYS.flatMap((weekday) => readDay(fields, weekday, faults));
    const overlapping = findOverlap(entries);
    const later = overlapping === undefined ? undefined : entries[overlapping];
    if (later) faults.push({ field: later.field, message: "overlap" });
    for (const { field, message } of faults)
      context.addIssue({ code: "custom", message, path: [field], input: fields });
    return {
      practitionerId: fields.practitionerId,
      hours: entries.map(({ field: _field, ...interval }): WeeklyInterval => interval),
    };
  });
