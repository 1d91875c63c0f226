import type { Temporal } from "temporal-polyfill";
import { parseInstant } from "@/lib/time/instant";

/** What is chosen on the way to a booking; no part of it says anything about the patient. */
export type Offer = { practitionerId: string; visitTypeId: string };

/** Where a practitioner's times are, with a day or a window of days opened (ISO dates). */
export function timesPath(
  practitionerId: string,
  query: { visitTypeId?: string | undefined; day?: string; from?: string } = {},
): string {
  const search = new URLSearchParams();
  if (query.visitTypeId) search.set("visit", query.visitTypeId);
  if (query.day) search.set("day", query.day);
  if (query.from) search.set("from", query.from);
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
