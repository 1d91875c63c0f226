import type { Temporal } from "temporal-polyfill";

/**
 * The only place that turns instants into words. The zone is always a parameter: a locale is never a time zone.
 * Runs on the server; browsers receive text.
 */
export type Viewer = { locale: string; timeZone: string };

const formatters = new Map<string, Intl.DateTimeFormat>();

const format = (instant: Temporal.Instant, viewer: Viewer, options: Intl.DateTimeFormatOptions): string =>
  formatterFor(viewer, options).format(instant.epochMilliseconds);

function formatterFor(
  { locale, timeZone }: Viewer,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  const key = `${locale}|${timeZone}|${JSON.stringify(options)}`;
  let formatter = formatters.get(key);
  if (!formatter) {
    // Zones and locales are few in one clinic, but a stranger may send every one that exists.
    if (formatters.size > 500) formatters.clear();
    formatter = new Intl.DateTimeFormat(locale === "en" ? "en-GB" : locale, { timeZone, ...options });
    formatters.set(key, formatter);
  }
  return formatter;
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

/** "14": the day of the month, for a calendar's cell. */
export const formatDayNumber = (instant: Temporal.Instant, viewer: Viewer): string =>
  format(instant, viewer, { day: "numeric" });

/** "Tue", "вт", for a calendar's column; "Tuesday", "вторник" for who hears it. */
export const formatWeekday = (
  instant: Temporal.Instant,
  viewer: Viewer,
  width: "short" | "long" = "short",
): string => format(instant, viewer, { weekday: width });

/** "March 2027", "март 2027 г." as a heading: it begins with a capital. */
export function formatMonth(instant: Temporal.Instant, viewer: Viewer): string {
  // Without the Russian word for the year, which a heading has no room for.
  const parts = formatterFor(viewer, { month: "long", year: "numeric" }).formatToParts(
    instant.epochMilliseconds,
  );
  const text = parts
    .filter(({ type }) => type === "month" || type === "year")
    .map(({ value }) => value)
    .join(" ");
  return text.charAt(0).toLocaleUpperCase(viewer.locale) + text.slice(1);
}

/** "1–14 March", "26 March – 8 April": both days included. */
export const formatDateRange = (first: Temporal.Instant, last: Temporal.Instant, viewer: Viewer): string =>
  formatterFor(viewer, { day: "numeric", month: "long" }).formatRange(
    first.epochMilliseconds,
    last.epochMilliseconds,
  );

/** "10:30", on the 24-hour clock that both languages' clinics use. */
export const formatTime = (instant: Temporal.Instant, viewer: Viewer): string =>
  format(instant, viewer, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

/** Cities whose names have changed since the IANA database wrote them down; runtimes still report the old ones. */
const CITY_NAMES: Readonly<Record<string, string>> = {
  Asmera: "Asmara",
  Calcutta: "Kolkata",
  Coral_Harbour: "Atikokan",
  Enderbury: "Kanton",
  Faeroe: "Faroe",
  Godthab: "Nuuk",
  Katmandu: "Kathmandu",
  Kiev: "Kyiv",
  Ponape: "Pohnpei",
  Rangoon: "Yangon",
  Saigon: "Ho Chi Minh City",
  Truk: "Chuuk",
};

/** The zone as people say it, from its IANA name: "Berlin", "Buenos Aires". */
export function zoneCity(timeZone: string): string {
  const city = timeZone.split("/").at(-1) ?? timeZone;
  return CITY_NAMES[city] ?? city.replaceAll("_", " ");
}

/**
 * The zone's place in the viewer's language: "Berlin"; in Russian "Москва", and "Германия" for a country of one zone. The runtime
 * has no list of cities in other languages, but its generic names are made of places.
 */
export function zonePlace(viewer: Viewer): string {
  if (viewer.locale === "en") return zoneCity(viewer.timeZone);
  const parts = formatterFor(viewer, { timeZoneName: "shortGeneric" }).formatToParts(0);
  const place = parts.find((part) => part.type === "timeZoneName")?.value ?? "";
  return place === "" || /[+-]\d/.test(place) ? zoneCity(viewer.timeZone) : place;
}

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
    zone: zonePlace(viewer),
    offset: formatOffset(instant, viewer),
  };
}
