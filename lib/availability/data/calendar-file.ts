import type { Temporal } from "temporal-polyfill";
import { readHolidays } from "@/lib/calendar/holidays";
import { env } from "@/lib/core/env";
import { ok, type Result, refuse } from "@/lib/core/result";
import type { Db } from "@/lib/db/client";
import { dateIn } from "@/lib/time/zones";
import {
  CLOSURE_TITLE_MAX_LENGTH,
  IMPORT_UID_MAX_LENGTH,
  IMPORT_YEARS,
  MAX_IMPORTED_CLOSURES,
} from "../constants";
import type { ImportedClosure } from "../types";

export type CalendarFile = {
  /** What importing the file would add. */
  closures: ImportedClosure[];
  known: number;
  ignored: number;
};

/**
 * Looks into an iCalendar file for whole days that are to come within the next years and are no closures yet.
 *
 * @param untitled what a day is called that the file has no name for
 * @returns what would be added; or `not_a_calendar`, `nothing_new`, `too_many`
 */
export async function readCalendarFile(
  db: Db,
  text: string,
  untitled: string,
  now: Temporal.Instant,
): Promise<Result<CalendarFile, "not_a_calendar" | "nothing_new" | "too_many">> {
  const today = dateIn(now, env().CLINIC_TIME_ZONE);
  const within = { from: today.toString(), to: today.add({ years: IMPORT_YEARS }).toString() };
  const read = readHolidays(text, within);
  if (!read.ok) return read;
  const usable = read.value.days.filter(({ uid }) => uid.length <= IMPORT_UID_MAX_LENGTH);
  const found = usable.map(({ uid, title, startOn, endOn }) => ({
    title: title.slice(0, CLOSURE_TITLE_MAX_LENGTH).trim() || untitled,
    startOn,
    endOn,
    importUid: uid,
  }));
  const closures = await unknownClosures(db, found);
  if (closures.length === 0) return refuse("nothing_new");
  if (closures.length > MAX_IMPORTED_CLOSURES) return refuse("too_many");
  const ignored = read.value.ignored + read.value.days.length - usable.length;
  return ok({ closures, known: found.length - closures.length, ignored });
}

/** Those entries of a calendar that no closure stands for yet, each once. */
export async function unknownClosures(
  db: Db,
  closures: readonly ImportedClosure[],
): Promise<ImportedClosure[]> {
  const known = await db.closure.findMany({
    where: { importUid: { in: closures.map(({ importUid }) => importUid) } },
    select: { importUid: true },
  });
  const seen = new Set(known.map(({ importUid }) => importUid));
  return closures.filter(({ importUid }) => {
    if (seen.has(importUid)) return false;
    seen.add(importUid);
    return true;
  });
}
