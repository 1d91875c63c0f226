import { Temporal } from "temporal-polyfill";

/** The civil date of an instant in a zone. */
export const dateIn = (instant: Temporal.Instant, timeZone: string): Temporal.PlainDate =>
  instant.toZonedDateTimeISO(timeZone).toPlainDate();

/** The first instant of a civil date in a zone. Not always midnight: some zones skip it in spring. */
export const startOfDay = (date: Temporal.PlainDate, timeZone: string): Temporal.Instant =>
  date.toZonedDateTime({ timeZone }).startOfDay().toInstant();

/** Names of the zones that can be chosen, as the runtime's IANA data lists them. */
export const listTimeZones = (): readonly string[] => Intl.supportedValuesOf("timeZone");

/** Reads an ISO civil date such as `2026-11-23`; `undefined` for anything else, `2027-02-30` included. */
export function parseDate(text: unknown): Temporal.PlainDate | undefined {
  if (typeof text !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  try {
    return Temporal.PlainDate.from(text, { overflow: "reject" });
  } catch {
    return undefined;
  }
}
