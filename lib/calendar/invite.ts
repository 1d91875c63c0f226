import ical, {
  ICalAlarmType,
  ICalAttendeeRole,
  ICalAttendeeStatus,
  ICalCalendarMethod,
  ICalEventBusyStatus,
  ICalEventStatus,
} from "ical-generator";
import type { Temporal } from "temporal-polyfill";
import { cleanParameter, cleanText } from "./text";

export type CalendarPerson = { name: string; address: string };

/** One visit as its calendar entry. */
export type CalendarEvent = {
  /** The same for as long as the visit exists, see {@link appointmentUid}. */
  uid: string;
  /** Raised each time the visit moves or is cancelled (RFC 5545 §3.8.7.4); a client ignores what is older than it has. */
  sequence: number;
  startAt: Temporal.Instant;
  endAt: Temporal.Instant;
  summary: string;
  description: string;
  /** The portal's personal address of the visit, never a link of TrueConf's. */
  url: string;
  organizer: CalendarPerson;
  /** When this text was made, DTSTAMP: decides between two of the same sequence. */
  now: Temporal.Instant;
  /** Minutes before the start at which the calendar reminds; left out, it does as its owner set it. */
  reminderMinutes?: number;
};

/**
 * What the entry is sent for (RFC 5546 §3.2). `REQUEST` puts it into the attendee's calendar and `CANCEL` takes it out again;
 * both need the attendee, by whose address mail programs find out that it is theirs. `PUBLISH` is a file to keep, also of a visit that
 * was cancelled.
 */
export type InviteMethod =
  | { method: "REQUEST" | "CANCEL"; attendee: CalendarPerson }
  | { method: "PUBLISH"; attendee?: undefined; isCancelled?: boolean };

/** The UID of an appointment's entry (RFC 5545 §3.8.4.7): the same in every mail and download, different in every portal. */
export const appointmentUid = (appointmentId: string, portalUrl: string): string =>
  `${appointmentId}@${new URL(portalUrl).hostname}`;

/**
 * An iCalendar text of one event (RFC 5545, folded, CRLF). Instants are written in UTC, so no time zone has to be described
 * and no calendar can read another hour into it.
 *
 * The attendee is entered as accepting and as not asked for an answer: they have agreed to this time already, and an answer
 * would go to an address that nobody reads.
 */
export function buildInvite(event: CalendarEvent & InviteMethod): string {
  const cancelled = event.method === "CANCEL" || (event.method === "PUBLISH" && event.isCancelled === true);
  const calendar = ical({
    method: ICalCalendarMethod[event.method],
    prodId: { company: "telemedicine-portal", product: "visits" },
  });
  const entry = calendar.createEvent({
    id: event.uid,
    sequence: event.sequence,
    stamp: event.now,
    start: event.startAt,
    end: event.endAt,
    summary: cleanText(event.summary),
    description: cleanText(event.description),
    location: event.url,
    url: event.url,
    status: cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    busystatus: cancelled ? ICalEventBusyStatus.FREE : ICalEventBusyStatus.BUSY,
    organizer: person(event.organizer),
  });
  if (event.method !== "PUBLISH") {
    entry.createAttendee({
      ...person(event.attendee),
      role: ICalAttendeeRole.REQ,
      status: ICalAttendeeStatus.ACCEPTED,
      rsvp: false,
    });
  }
  if (event.reminderMinutes !== undefined && !cancelled) {
    entry.createAlarm({ type: ICalAlarmType.display, triggerBefore: event.reminderMinutes * 60 });
  }
  return calendar.toString();
}

const person = ({ name, address }: CalendarPerson) => ({
  name: cleanParameter(name) || address,
  email: address,
});
