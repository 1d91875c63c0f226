import ICAL from "ical.js";
import { Temporal } from "temporal-polyfill";
import { ok, type Result, refuse } from "@/lib/core/result";

/** A whole day, or some in a row, of a calendar file. */
export type CalendarDays = {
  /** The entry's UID; one that repeats has the date of each time after it. */
  uid: string;
  /** SUMMARY, in one line without control characters; empty where the entry has none. */
  title: string;
  /** ISO civil dates, both inclusive. */
  startOn: string;
  endOn: string;
};

/** `days` in the order of their dates; `ignored` counts entries that are no whole days, or repeat otherwise than by the year. */
export type Holidays = { days: CalendarDays[]; ignored: number };

/** A rule that repeats for ever is asked for no more dates than this; more than any list of holidays has. */
const MAX_OCCURRENCES = 400;
const UNWANTED = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\ufeff]+/gu;

/**
 * Reads whole days out of an iCalendar file, such as the public holidays that governments publish (RFC 5545 §3.6.1: DTSTART as a
 * DATE; DTEND is the day after the last). Yearly rules are followed within the two dates; RDATE, EXDATE and changed occurrences
 * count. Cancelled entries are left out.
 *
 * @param text the file
 * @param within ISO civil dates, both inclusive: days that lie wholly outside are left out
 * @returns `not_a_calendar` for everything that is no iCalendar file
 */
export function readHolidays(
  text: string,
  within: { from: string; to: string },
): Result<Holidays, "not_a_calendar"> {
  try {
    const calendar = new ICAL.Component(ICAL.parse(text.replace(/^\ufeff/, "").trim()));
    if (calendar.name !== "vcalendar") return refuse("not_a_calendar");
    const entries = calendar
      .getAllSubcomponents("vevent")
      .filter((entry) => !entry.hasProperty("recurrence-id"))
      .map((entry) => daysOf(entry, within.to));
    const days = entries
      .flatMap((found) => found ?? [])
      .filter(({ startOn, endOn }) => startOn <= within.to && within.from <= endOn)
      .sort((a, b) => (a.startOn < b.startOn ? -1 : 1));
    return ok({ days, ignored: entries.filter((found) => found === undefined).length });
  } catch {
    // The parser throws plain errors for whatever it cannot read, each with words of its own.
    return refuse("not_a_calendar");
  }
}

/** The days of one entry up to a date; `undefined` where it is none that a closure can be made of. */
function daysOf(entry: ICAL.Component, last: string): CalendarDays[] | undefined {
  const event = new ICAL.Event(entry);
  const start = event.startDate as ICAL.Time | null;
  if (!event.uid || !start?.isDate || !isWritten(entry, start)) return undefined;
  if (isCancelled(entry)) return [];
  if (!event.isRecurring()) return [toDays(event, event.uid, start, event.endDate)];
  const rules = entry.getAllProperties("rrule").map((rule) => rule.getFirstValue() as ICAL.Recur);
  if (rules.some(({ freq }) => freq !== "YEARLY")) return undefined;

  const isPlain = rules.every(({ parts }) => Object.keys(parts).length === 0);
  const isSameDay = (time: ICAL.Time) => time.month === start.month && time.day === start.day;
  const known = new Set(datesOf(entry));
  const found: CalendarDays[] = [];
  const times = event.iterator();
  for (let count = 0; count < MAX_OCCURRENCES; count += 1) {
    const time = times.next() as ICAL.Time | undefined;
    if (!time || time.toString() > last) break;
    // 29 February comes in leap years alone (RFC 5545 §3.3.10: dates that do not exist are left out); the library moves it.
    if (isPlain && !isSameDay(time) && !known.has(time.toString())) continue;
    const details = event.getOccurrenceDetails(time);
    if (isCancelled(details.item.component)) continue;
    found.push(toDays(details.item, `${event.uid} ${time.toString()}`, details.startDate, details.endDate));
  }
  return found;
}

/** Whether a date is the one in the file: of 31 February the library makes another. */
const isWritten = (entry: ICAL.Component, start: ICAL.Time): boolean =>
  entry.getFirstProperty("dtstart")?.toJSON()[3] === start.toString();

const isCancelled = (entry: ICAL.Component): boolean => entry.getFirstPropertyValue("status") === "CANCELLED";

/** Dates that an entry names beside its rule. */
const datesOf = (entry: ICAL.Component): string[] =>
  entry.getAllProperties("rdate").flatMap((property) => property.getValues().map(String));

function toDays(event: ICAL.Event, uid: string, start: ICAL.Time, end: ICAL.Time): CalendarDays {
  const startOn = Temporal.PlainDate.from(start.toString());
  const after = Temporal.PlainDate.from(end.toString().slice(0, 10));
  const last = after.subtract({ days: 1 });
  const endOn = Temporal.PlainDate.compare(last, startOn) < 0 ? startOn : last;
  const title = (event.summary ?? "").normalize("NFC").replace(UNWANTED, " ").replace(/ {2,}/g, " ").trim();
  return { uid, title, startOn: startOn.toString(), endOn: endOn.toString() };
}
