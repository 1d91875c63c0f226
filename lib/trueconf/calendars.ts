import type { CalendarLinks } from "./types";
import type { WireCalendarLinks } from "./wire";

/** Where the big calendars take an entry from a link. */
const CALENDAR_ORIGINS = {
  google: ["https://calendar.google.com", "https://www.google.com"],
  outlook: ["https://outlook.live.com", "https://outlook.office.com", "https://outlook.office365.com"],
} as const;

/**
 * The calendar links of a conference, as far as they lead where they say: to the calendar they name, or to TrueConf itself. Others
 * are left out, since a server that is wrong must not put a stranger's address under a button of ours.
 *
 * @param origins TrueConf's own, of its methods and of its pages
 */
export function acceptCalendarLinks(given: WireCalendarLinks, origins: readonly string[]): CalendarLinks {
  const allowed: Record<keyof CalendarLinks, readonly string[]> = {
    google: [...CALENDAR_ORIGINS.google, ...origins],
    outlook: [...CALENDAR_ORIGINS.outlook, ...origins],
    ics: origins,
    other: origins,
  };
  const accepted: CalendarLinks = {};
  for (const name of ["google", "outlook", "ics", "other"] as const) {
    const href = given[name];
    if (href && URL.canParse(href) && allowed[name].includes(new URL(href).origin)) accepted[name] = href;
  }
  return accepted;
}
