import type { Temporal } from "temporal-polyfill";
import { appointmentUid, buildInvite, type CalendarPerson } from "@/lib/calendar/invite";
import { assertNever, InvariantError } from "@/lib/core/errors";
import { DEFAULT_LOCALE, directionOf, isLocale, type Locale } from "@/lib/i18n/locales";
import { localized } from "@/lib/i18n/localized";
import { frame } from "@/lib/mail/frame";
import type { Mail, MailAddress } from "@/lib/mail/types";
import { INVITATION_DAYS } from "@/lib/security/access-link";
import { describeMoment, formatTime, sameClock, type Viewer } from "@/lib/time/format";
import { toInstant } from "@/lib/time/instant";
import { REMINDER_MINUTES } from "./constants";
import type { AppointmentRow, NotificationRow } from "./data";
import { cancelledForPatient, cancelledForPractitioner } from "./templates/appointment-cancelled";
import { bookingConfirmed } from "./templates/booking-confirmed";
import { bookingReceived } from "./templates/booking-received";
import { invitation } from "./templates/invitation";
import { type Letter, type MailedVisit, type MailWords, mailWords } from "./templates/words";

/** The clinic as its mails show it. */
export type Clinic = {
  name: string;
  phone: string | undefined;
  timeZone: string;
  portalUrl: string;
  sender: MailAddress;
};

type Sending = {
  clinic: Clinic;
  /** Where the mail's button leads: a personal link for a patient or an invited user, a page behind the sign-in for staff. */
  url: string;
  now: Temporal.Instant;
};

/**
 * One notification as a mail in its recipient's language: a patient's as chosen at booking, with that booking's zone; a member of
 * staff's as their account says.
 */
export async function formatMail(row: NotificationRow, sending: Sending): Promise<Mail> {
  const { clinic } = sending;
  const locale = localeOf(row);
  const t = await mailWords(locale);
  const viewer = { locale, timeZone: zoneOf(row, clinic) };
  const letter = write(row, t, viewer, sending);
  const phone = clinic.phone ? { label: t("letterhead.phone"), number: clinic.phone } : undefined;
  return {
    to: recipientOf(row),
    subject: letter.subject,
    ...frame(
      { locale, direction: directionOf(locale), ...letter },
      { clinicName: clinic.name, phone, closing: t("letterhead.closing") },
    ),
    messageId: `${row.id}@${new URL(clinic.portalUrl).hostname}`,
    headers: { "Content-Language": locale },
    calendar: row.appointment ? calendarEntry(row, row.appointment, t, sending) : undefined,
  };
}

function write(row: NotificationRow, t: MailWords, viewer: Viewer, { clinic, url, now }: Sending): Letter {
  // A number shall not break over two lines in the middle of a sentence.
  const phone = clinic.phone?.replaceAll(" ", "\u00a0");
  switch (row.kind) {
    case "booking_confirmed": {
      const { conference } = appointmentOf(row).encounter ?? {};
      const visit = mailedVisit(row, viewer, now);
      return bookingConfirmed(t, { visit, url, conferenceReady: conference?.openedAt != null, phone });
    }
    case "booking_received":
      return bookingReceived(t, { visit: mailedVisit(row, viewer, now), url });
    case "appointment_cancelled": {
      const visit = mailedVisit(row, viewer, now);
      return row.patient
        ? cancelledForPatient(t, { visit, url, phone })
        : cancelledForPractitioner(t, { visit, url });
    }
    case "invitation": {
      const expires = describeMoment(now.add({ hours: INVITATION_DAYS * 24 }), viewer, now);
      return invitation(t, { clinic: clinic.name, address: recipientOf(row).address, url, expires });
    }
    default:
      return assertNever(row.kind);
  }
}

function mailedVisit(row: NotificationRow, viewer: Viewer, now: Temporal.Instant): MailedVisit {
  const { startAt, endAt, practitioner, visitType } = appointmentOf(row);
  const start = toInstant(startAt);
  const theirs = { ...viewer, timeZone: practitioner.timeZone };
  return {
    starts: describeMoment(start, viewer, now),
    endTime: formatTime(toInstant(endAt), viewer),
    theirStart:
      row.user || sameClock(start, viewer.timeZone, practitioner.timeZone)
        ? null
        : describeMoment(start, theirs, now),
    durationMinutes: Math.round((endAt.getTime() - startAt.getTime()) / 60_000),
    visitType: localized(visitType.names, viewer.locale),
    practitionerName: practitioner.displayName,
  };
}

/**
 * The entry for the recipient's calendar. A patient's names the practitioner, as the mail does; a practitioner's names nobody,
 * since calendars are shared. The attendee is the address alone: the name was typed by whoever booked.
 */
function calendarEntry(
  row: NotificationRow,
  appointment: AppointmentRow,
  t: MailWords,
  { clinic, url, now }: Sending,
) {
  const { address } = recipientOf(row);
  const attendee: CalendarPerson = { name: address, address };
  const method = row.kind === "appointment_cancelled" ? "CANCEL" : "REQUEST";
  const instruction = row.patient ? t("calendar.join") : t("calendar.agenda");
  const content = buildInvite({
    method,
    attendee,
    uid: appointmentUid(appointment.id, clinic.portalUrl),
    sequence: appointment.sequence,
    startAt: toInstant(appointment.startAt),
    endAt: toInstant(appointment.endAt),
    summary: row.patient
      ? t("calendar.patient", { practitioner: appointment.practitioner.displayName })
      : t("calendar.practitioner"),
    description: method === "CANCEL" ? t("calendar.cancelled") : `${instruction}\n${url}`,
    url,
    organizer: clinic.sender,
    now,
    reminderMinutes: REMINDER_MINUTES,
  });
  return { method, content } as const;
}

function appointmentOf({ id, appointment }: NotificationRow): AppointmentRow {
  if (!appointment) throw new InvariantError(`notification ${id} is about an appointment and names none`);
  return appointment;
}

function recipientOf({ id, patient, user }: NotificationRow): MailAddress {
  const address = patient?.email ?? user?.email;
  if (!address) throw new InvariantError(`notification ${id} has nobody to go to`);
  return { name: user?.name ?? "", address };
}

function localeOf({ patient, user, appointment }: NotificationRow): Locale {
  const locale = patient ? appointment?.locale : user?.locale;
  return isLocale(locale) ? locale : DEFAULT_LOCALE;
}

function zoneOf({ patient, user, appointment }: NotificationRow, clinic: Clinic): string {
  const timeZone = patient ? appointment?.timeZone : (appointment?.practitioner.timeZone ?? user?.timeZone);
  return timeZone ?? clinic.timeZone;
}
