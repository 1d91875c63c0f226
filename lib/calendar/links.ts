import type { Temporal } from "temporal-polyfill";
import { cleanText } from "./text";

/** A visit as a calendar's address takes it. */
export type CalendarLinkEvent = {
  title: string;
  startAt: Temporal.Instant;
  endAt: Temporal.Instant;
  /** The portal's personal address of the visit, never a link of TrueConf's; it becomes place and description. */
  url: string;
  /** Said above the address in the description. */
  description?: string;
};

const details = ({ description, url }: CalendarLinkEvent) =>
  description ? `${cleanText(description)}\n\n${url}` : url;

/** `+` for a blank, as forms encode it, is shown as a plus by Outlook. */
const query = (values: Readonly<Record<string, string>>) =>
  Object.entries(values)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join("&");

/** `20270314T093000Z` */
const basicUtc = (instant: Temporal.Instant) =>
  instant.toString({ smallestUnit: "second" }).replace(/[-:]/g, "");

/**
 * The address that opens Google Calendar with the visit filled in. Times are in UTC; Google shows them in the calendar's zone.
 * Nothing is sent until the patient follows it.
 */
export const googleCalendarUrl = (event: CalendarLinkEvent): string =>
  `https://calendar.google.com/calendar/render?${query({
    action: "TEMPLATE",
    text: cleanText(event.title),
    dates: `${basicUtc(event.startAt)}/${basicUtc(event.endAt)}`,
    details: details(event),
    location: event.url,
  })}`;

/**
 * The address that opens Outlook on the web with the visit filled in: `outlook.live.com`, where private mailboxes are, as most
 * patients' are. Microsoft has no one address for private and work accounts; who has the latter takes the ICS file.
 */
export const outlookCalendarUrl = (event: CalendarLinkEvent): string =>
  `https://outlook.live.com/calendar/0/action/compose?${query({
    rru: "addevent",
    subject: cleanText(event.title),
    startdt: event.startAt.toString({ smallestUnit: "second" }),
    enddt: event.endAt.toString({ smallestUnit: "second" }),
    body: details(event),
    location: event.url,
  })}`;
