import ical, { ICalCalendarMethod, ICalEventBusyStatus, ICalEventStatus } from "ical-generator";
import type { Temporal } from "temporal-polyfill";
import type { CalendarEvent } from "./invite";
import { cleanParameter, cleanText } from "./text";

/** One visit of a feed. Without an organizer: whoever subscribes has no invitation to answer. */
export type FeedEvent = Omit<CalendarEvent, "organizer" | "now" | "reminderMinutes"> & {
  isCancelled: boolean;
  /** When it last changed: DTSTAMP and LAST-MODIFIED, so that an unchanged feed is the same text. */
  changedAt: Temporal.Instant;
};

/** How often a calendar program should look again. */
export const REFRESH_SECONDS = 3_600;

/**
 * A calendar to subscribe to (RFC 5545, with REFRESH-INTERVAL of RFC 7986 §5.7 and the X-PUBLISHED-TTL that older programs read).
 * Cancelled visits stay in it as cancelled, since some programs keep what has merely gone. The same events are the same text.
 */
export function buildFeed({ name, events }: { name: string; events: readonly FeedEvent[] }): string {
  const calendar = ical({
    method: ICalCalendarMethod.PUBLISH,
    prodId: { company: "telemedicine-portal", product: "visits" },
    // The writer escapes no line end in a calendar's own name.
    name: cleanParameter(name),
    ttl: REFRESH_SECONDS,
  });
  for (const event of events) {
    calendar.createEvent({
      id: event.uid,
      sequence: event.sequence,
      stamp: event.changedAt,
      lastModified: event.changedAt,
      start: event.startAt,
      end: event.endAt,
      summary: cleanText(event.summary),
      description: cleanText(event.description),
      url: event.url,
      status: event.isCancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
      busystatus: event.isCancelled ? ICalEventBusyStatus.FREE : ICalEventBusyStatus.BUSY,
    });
  }
  return calendar.toString();
}
