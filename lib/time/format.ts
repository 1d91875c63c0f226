import type { Temporal } from "temporal-polyfill";

/**
 * The only place that turns instants into words. The zone is always a parameter: a locale is never a time zone.
 * Runs on the server; browsers receive text.
 */
export type Viewer = { locale: string; timeZone: string };

const formatters = new Map<string, Intl.DateTimeFormat>();

function format(
  instant: Temporal.Instant,
  { locale, timeZone }: Viewer,
  options: Intl.DateTimeFormatOptions,
): string {
  const key = `${locale}|${timeZone}|${JSON.stringify(options)}`;
  let formatter = formatters.get(key);
  if (!formatter) {
    // Zones and locales are few in one clinic, but a stranger may send every one that exists.
    if (formatters.size > 500) formatters.clear();
    formatter = new Intl.DateTimeFormat(locale === "en" ? "en-GB" : locale, { timeZone, ...options });
    formatters.set(key, formatter);
  }
  return formatter.format(instant.epochMilliseconds);
}

/** "Tuesday 14 March 2027" — the year only when it is not the present one in the viewer's zone. */
export function formatDate(instant: Temporal.Instant, viewer: Viewer, now: Temporal.Instant): string {
  const year = (value: Temporal.Instant) => value.toZonedDateTimeISO(viewer.timeZone).year;
  const text = format(instant, viewer, {
    weekday: "long",
    day: "numeric",
    month: "long",
    ...(year(instant) === year(now) ? {} : { year: "numeric" }),
  });
  return text.charAt(0).toLocaleUpperCase(viewer.locale) + text.slice(1);
}

/** "Tue 14 Mar" */
export const formatShortDate = (instant: Temporal.Instant, viewer: Viewer): string =>
  format(instant, viewer, { weekday: "short", day: "numeric", month: "short" });

/** "10:30", on the 24-hour clock that both languages' clinics use. */
export const formatTime = (instant: Temporal.Instant, viewer: Viewer): string =>
  format(instant, viewer, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

/** The zone as people say it, from its IANA name: "Berlin", "Buenos Aires". */
export const zoneCity = (timeZone: string): string =>
  (timeZone.split("/").at(-1) ?? timeZone).replaceAll("_", " ");

/** "GMT+1": the offset that holds at this instant. */
export function formatOffset(instant: Temporal.Instant, { locale, timeZone }: Viewer): string {
  const parts = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: "shortOffset" }).formatToParts(
    instant.epochMilliseconds,
  );
  return parts.find((part) => part.type === "timeZoneName")?.value ?? timeZone;
}

/** The runtime's name of the zone at this instant in the viewer's language: "Central European Standard Time". */
export function formatZoneName(instant: Temporal.Instant, { locale, timeZone }: Viewer): string {
  const parts = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: "long" }).formatToParts(
    instant.epochMilliseconds,
  );
  return parts.find((part) => part.type === "timeZoneName")?.value ?? timeZone;
}

/** Two zones that agree at this instant need not both be named. */
export const sameClock = (instant: Temporal.Instant, a: string, b: string): boolean =>
  instant.toZonedDateTimeISO(a).offsetNanoseconds === instant.toZonedDateTimeISO(b).offsetNanoseconds;

/** One moment for a page: every text that a view may need, made here so that no date library reaches a browser. */
export type MomentDto = {
  iso: string;
  date: string;
  shortDate: string;
  time: string;
  zone: string;
  offset: string;
};

export function describeMoment(instant: Temporal.Instant, viewer: Viewer, now: Temporal.Instant): MomentDto {
  return {
    iso: instant.toString(),
    date: formatDate(instant, viewer, now),
    shortDate: formatShortDate(instant, viewer),
    time: formatTime(instant, viewer),
    zone: zoneCity(viewer.timeZone),
    offset: formatOffset(instant, viewer),
  };
}
