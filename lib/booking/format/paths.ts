import type { Temporal } from "temporal-polyfill";
import { parseInstant } from "@/lib/time/instant";

/** What is chosen on the way to a booking; no part of it says anything about the patient. */
export type Offer = { practitionerId: string; visitTypeId: string };

/** What of a practitioner's times is shown. Without a view it is the month. */
export type TimesQuery = {
  /** ISO date of the day that is open. */
  day?: string;
  /** ISO date in the month, or with which the list begins. */
  from?: string;
  view?: "list";
  /** How many days the list shows. */
  days?: number;
};

/** Where a practitioner's times are. */
export function timesPath(
  practitionerId: string,
  { visitTypeId, view, day, from, days }: TimesQuery & { visitTypeId?: string | undefined } = {},
): string {
  const query = { visit: visitTypeId, view, day, from, days };
  const said = Object.entries(query).flatMap(([name, value]) => (value ? [[name, String(value)]] : []));
  const search = new URLSearchParams(said);
  return `/practitioners/${practitionerId}${search.size > 0 ? `?${search}` : ""}`;
}

/** Where one time is booked: the instant in ISO 8601's basic form, which needs no escapes (`20261124T0900Z`). */
export const bookingPath = ({ practitionerId, visitTypeId }: Offer, startAt: Temporal.Instant): string =>
  `/book/${practitionerId}/${visitTypeId}/${startAt.toString({ smallestUnit: "minute" }).replace(/[-:]/g, "")}`;

/** The instant of a {@link bookingPath}; `undefined` for anything else. */
export function parseBookingStart(text: string): Temporal.Instant | undefined {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)Z$/.exec(text);
  if (!parts) return undefined;
  const [, year, month, day, hour, minute] = parts;
  return parseInstant(`${year}-${month}-${day}T${hour}:${minute}:00Z`);
}
