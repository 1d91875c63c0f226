import type { Temporal } from "temporal-polyfill";
import { appointmentUid, buildInvite, type CalendarPerson } from "@/lib/calendar/invite";
import { assertNever, InvariantError } from "@/lib/core/errors";
import { DEFAULT_LOCALE, directionOf, isLocale, type Locale } from "@/lib/i18n/locales";
import { localized } from "@/lib/i18n/localized";
import { frame } from "@/lib/mail/frame";
import type { Mail, MailAddress } from "@/lib/mail/types";
import { INVITATION_DAYS, PASSWORD_RESET_MINUTES, SIGN_IN_LINK_MINUTES } from "@/lib/security/access-link";
import { describeMoment, formatDateRange, formatTime, sameClock, type Viewer } from "@/lib/time/format";
import { toInstant } from "@/lib/time/instant";
import { dateIn, startOfDay } from "@/lib/time/zones";
import { REMINDER_MINUTES } from "./constants";
import type { AppointmentRow, NotificationRow, WaitlistEntryRow } from "./data";
import { cancelledForPatient, cancelledForPractitioner } from "./templates/appointment-cancelled";
import { movedForPatient, movedForPractitioner } from "./templates/appointment-moved";
import { appointmentReminder } from "./templates/appointment-reminder";
import { bookingConfirmed } from "./templates/booking-confirmed";
import { bookingReceived } from "./templates/booking-received";
import { emailChanged, emailChangeLink } from "./templates/email-change";
import { recordOpened, recordOpenedForStaff } from "./templates/emergency-access";
import { erasureDone, erasureRefused, erasureRequested } from "./templates/erasure";
import { exportReady } from "./templates/export-ready";
import { invitation, passwordReset } from "./templates/invitation";
import { messagesUnread } from "./templates/messages-unread";
import { missedByPatient, missedByPractitioner } from "./templates/no-show";
import { registrationLink } from "./templates/registration-link";
import { runningLate } from "./templates/running-late";
import { accountChanged, signInChanged } from "./templates/sign-in-changed";
import { signInLink } from "./templates/sign-in-link";
import { summaryReady } from "./templates/summary-ready";
import { thirdPersonInvited } from "./templates/third-person-invited";
import { visitList } from "./templates/visit-list";
import { waitlistJoined, waitlistOffer } from "./templates/waitlist";
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
  /** For a list of visits: each with a personal link of its own. */
  listed?: readonly { appointment: AppointmentRow; url: string }[] | undefined;
  /** By how much the practitioner says they run late. */
  lateMinutes?: number;
  now: Temporal.Instant;
};

/** Mails about one visit that change what stands in a calendar. */
const WITH_CALENDAR: readonly NotificationRow["kind"][] = [
  "booking_confirmed",
  "booking_received",
  "appointment_moved",
  "appointment_cancelled",
];

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
    calendar:
      row.appointment && WITH_CALENDAR.includes(row.kind)
        ? calendarEntry(row, row.appointment, t, sending)
        : undefined,
  };
}

function write(row: NotificationRow, t: MailWords, viewer: Viewer, sending: Sending): Letter {
  const { clinic, url, now } = sending;
  // A number shall not break over two lines in the middle of a sentence.
  const phone = clinic.phone?.replaceAll(" ", "\u00a0");
  switch (row.kind) {
    case "booking_confirmed": {
      const { conference } = appointmentOf(row).encounter ?? {};
      const visit = mailedVisit(row, viewer, now);
      return bookingConfirmed(t, { visit, url, conferenceReady: conference?.openedAt != null, phone });
    }
    case "appointment_moved": {
      const visit = mailedVisit(row, viewer, now);
      const before = describeMoment(formerStart(row), viewer, now);
      return row.patient
        ? movedForPatient(t, { visit, before, url, phone })
        : movedForPractitioner(t, { visit, before, url });
    }
    case "appointment_reminder": {
      // The visit's own, whose result its practitioner sees.
      const checkUrl = `${url}/check`;
      return appointmentReminder(t, { visit: mailedVisit(row, viewer, now), url, checkUrl, phone });
    }
    case "visit_list":
      return visitList(
        t,
        (sending.listed ?? []).map((one) => ({
          visit: describeVisit(one.appointment, viewer, now, { forPatient: true }),
          url: one.url,
        })),
      );
    case "waitlist_joined":
      return waitlistJoined(t, { ...describeWish(entryOf(row), viewer), url });
    case "waitlist_offer": {
      const { waitlistOffer: offer } = appointmentOf(row);
      if (!offer) throw new InvariantError(`notification ${row.id} is about an offer and there is none`);
      const deadline = describeMoment(toInstant(offer.expiresAt), viewer, now);
      return waitlistOffer(t, { visit: mailedVisit(row, viewer, now), deadline, url });
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
    case "password_reset": {
      const expires = describeMoment(now.add({ minutes: PASSWORD_RESET_MINUTES }), viewer, now);
      return passwordReset(t, { clinic: clinic.name, address: recipientOf(row).address, url, expires });
    }
    case "sign_in_link": {
      const expires = describeMoment(now.add({ minutes: SIGN_IN_LINK_MINUTES }), viewer, now);
      return signInLink(t, { clinic: clinic.name, url, expires });
    }
    case "sign_in_changed": {
      const changed = describeMoment(toInstant(row.createdAt), viewer, now);
      return signInChanged(t, { clinic: clinic.name, url, changed, phone });
    }
    case "registration_link": {
      const expires = describeMoment(now.add({ minutes: SIGN_IN_LINK_MINUTES }), viewer, now);
      return registrationLink(t, { clinic: clinic.name, url, expires });
    }
    case "email_change_link": {
      const expires = describeMoment(expiryOf(row), viewer, now);
      return emailChangeLink(t, { clinic: clinic.name, url, expires });
    }
    case "email_changed": {
      const changed = describeMoment(toInstant(row.createdAt), viewer, now);
      return emailChanged(t, { clinic: clinic.name, changed, phone });
    }
    case "export_ready": {
      const expires = describeMoment(expiryOf(row), viewer, now);
      return exportReady(t, { clinic: clinic.name, url, expires, phone });
    }
    case "erasure_requested":
      return erasureRequested(t, { clinic: clinic.name, url });
    case "erasure_done":
      return erasureDone(t, { clinic: clinic.name, phone });
    case "erasure_refused":
      return erasureRefused(t, {
        clinic: clinic.name,
        url: row.user ? url : undefined,
        reason: row.erasure?.reason ?? "",
        phone,
      });
    case "account_changed": {
      const changed = describeMoment(toInstant(row.createdAt), viewer, now);
      return accountChanged(t, { clinic: clinic.name, url, changed, phone });
    }
    case "emergency_access": {
      const opened = describeMoment(toInstant(row.createdAt), viewer, now);
      const given = { clinic: clinic.name, url, opened, phone };
      return row.patient ? recordOpened(t, given) : recordOpenedForStaff(t, given);
    }
    case "running_late": {
      const late = sending.lateMinutes ?? 0;
      const expected = toInstant(appointmentOf(row).startAt).add({ minutes: late });
      const expectedTime = formatTime(expected, viewer);
      return runningLate(t, {
        visit: mailedVisit(row, viewer, now),
        minutes: late,
        expectedTime,
        url,
        phone,
      });
    }
    case "third_person_invited":
      return thirdPersonInvited(t, {
        visit: mailedVisit(row, viewer, now),
        clinic: clinic.name,
        kind: row.thirdPerson?.kind ?? "other",
        url,
      });
    case "messages_unread":
      return messagesUnread(t, {
        from: row.patient ? row.conversation?.practitioner.displayName : undefined,
        url,
      });
    case "summary_ready":
      return summaryReady(t, { visit: mailedVisit(row, viewer, now), url });
    case "noshow_patient":
      return missedByPatient(t, { visit: mailedVisit(row, viewer, now), url, phone });
    case "noshow_practitioner":
      return missedByPractitioner(t, { visit: mailedVisit(row, viewer, now), url, phone });
    default:
      return assertNever(row.kind);
  }
}

/** The visit as its recipient is told of it: as it now is; as it was, to a practitioner who has lost it to a colleague. */
function mailedVisit(row: NotificationRow, viewer: Viewer, now: Temporal.Instant): MailedVisit {
  const appointment = appointmentOf(row);
  const isLost = row.user !== null && row.user.id !== appointment.practitioner.userId;
  const moved = isLost ? { from: formerStart(row) } : {};
  // Third persons keep the patient's calendar, not the practitioner's.
  return describeVisit(appointment, viewer, now, { forPatient: row.user === null, ...moved });
}

function describeVisit(
  { startAt, endAt, practitioner, visitType }: AppointmentRow,
  viewer: Viewer,
  now: Temporal.Instant,
  { forPatient, from = toInstant(startAt) }: { forPatient: boolean; from?: Temporal.Instant },
): MailedVisit {
  const lasts = toInstant(startAt).until(toInstant(endAt));
  const theirs = { ...viewer, timeZone: practitioner.timeZone };
  return {
    starts: describeMoment(from, viewer, now),
    endTime: formatTime(from.add(lasts), viewer),
    theirStart:
      !forPatient || sameClock(from, viewer.timeZone, practitioner.timeZone)
        ? null
        : describeMoment(from, theirs, now),
    durationMinutes: Math.round(lasts.total("minutes")),
    visitType: localized(visitType.names, viewer.locale),
    practitionerName: practitioner.displayName,
  };
}

/** When the visit was to be before it was last moved. */
function formerStart(row: NotificationRow): Temporal.Instant {
  const { movedFromAt, startAt } = appointmentOf(row);
  return toInstant(movedFromAt ?? startAt);
}

/** What somebody waits for, as their mail says it. */
function describeWish(
  { practitioner, specialty, visitType, fromOn, toOn }: WaitlistEntryRow,
  viewer: Viewer,
) {
  // A civil date's column arrives as its midnight in UTC.
  const dayOf = (date: Date) => startOfDay(dateIn(toInstant(date), "UTC"), viewer.timeZone);
  return {
    who: practitioner?.displayName ?? localized(specialty?.names, viewer.locale),
    visitType: localized(visitType.names, viewer.locale),
    dates: formatDateRange(dayOf(fromOn), dayOf(toOn), viewer),
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

function entryOf({ id, waitlistEntry }: NotificationRow): WaitlistEntryRow {
  if (!waitlistEntry) throw new InvariantError(`notification ${id} is about the waitlist and names no entry`);
  return waitlistEntry;
}

function expiryOf({ id, emailChange, dataExport }: NotificationRow): Temporal.Instant {
  const asked = emailChange ?? dataExport;
  if (!asked?.expiresAt) throw new InvariantError(`notification ${id} is about a link and names none`);
  return toInstant(asked.expiresAt);
}

function recipientOf(row: NotificationRow): MailAddress {
  const { id, kind, patient, user, thirdPerson, signInRequest, emailChange, erasure } = row;
  const changing = kind === "email_changed" ? emailChange?.formerEmail : emailChange?.email;
  const address = changing ?? (patient ?? user ?? thirdPerson ?? signInRequest ?? erasure?.contact)?.email;
  if (!address) throw new InvariantError(`notification ${id} has nobody to go to`);
  return { name: user?.name ?? "", address };
}

function localeOf(row: NotificationRow): Locale {
  const { patient, user, thirdPerson, appointment, waitlistEntry, signInRequest, erasure } = row;
  const locale = patient
    ? (appointment ?? waitlistEntry ?? patient).locale
    : (user ?? thirdPerson ?? signInRequest ?? erasure?.contact)?.locale;
  return isLocale(locale) ? locale : DEFAULT_LOCALE;
}

function zoneOf(
  { patient, user, appointment, waitlistEntry, signInRequest, erasure }: NotificationRow,
  clinic: Clinic,
): string {
  const timeZone = user
    ? (appointment?.practitioner.timeZone ?? user.timeZone)
    : (appointment ?? waitlistEntry ?? patient ?? signInRequest ?? erasure?.contact)?.timeZone;
  return timeZone ?? clinic.timeZone;
}
