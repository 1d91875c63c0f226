import type { Temporal } from "temporal-polyfill";
import type { Locale } from "@/lib/i18n/locales";
import { localized } from "@/lib/i18n/localized";
import { describeMoment, formatDateRange, formatTime, sameClock, type Viewer } from "@/lib/time/format";
import { toInstant } from "@/lib/time/instant";
import { weekdayName } from "@/lib/time/weekdays";
import { parseDate, startOfDay } from "@/lib/time/zones";
import { type EntryRow, openOfferOf, wishesOf } from "../data/waitlist";
import type { IntakeDto, VisitFactsDto } from "../types/form";
import type { WaitlistEntryDto, WaitlistRowDto } from "../types/waitlist";
import { timesPath } from "./paths";

type Reader = Viewer & { locale: Locale };

/** Where somebody joins the waitlist of a practitioner, or of a specialty. */
export function waitlistPath(
  waitsFor: { practitionerId: string } | { specialtyCode: string },
  visitTypeId?: string,
): string {
  const query = new URLSearchParams(
    "practitionerId" in waitsFor
      ? { practitioner: waitsFor.practitionerId }
      : { specialty: waitsFor.specialtyCode },
  );
  if (visitTypeId) query.set("visit", visitTypeId);
  return `/waitlist?${query}`;
}

const whoOf = ({ practitioner, specialty }: EntryRow, locale: Locale): string =>
  practitioner?.displayName ?? localized(specialty?.names, locale);

function datesOf(entry: EntryRow, locale: Locale): string {
  const { fromOn, toOn, timeZone } = wishesOf(entry);
  const [first, last] = [parseDate(fromOn), parseDate(toOn)];
  if (!first || !last) return "";
  return formatDateRange(startOfDay(first, timeZone), startOfDay(last, timeZone), { locale, timeZone });
}

/** The visit that an entry is offered, on the viewer's clock. */
function offeredVisit(
  { appointment }: EntryRow["offers"][number],
  viewer: Reader,
  now: Temporal.Instant,
): VisitFactsDto {
  const { practitioner, visitType } = appointment;
  const start = toInstant(appointment.startAt);
  const theirs = { ...viewer, timeZone: practitioner.timeZone };
  return {
    practitionerName: practitioner.displayName,
    specialty: localized(practitioner.specialty.names, viewer.locale),
    visitType: localized(visitType.names, viewer.locale),
    durationMinutes: visitType.durationMinutes,
    starts: describeMoment(start, viewer, now),
    endTime: formatTime(toInstant(appointment.endAt), viewer),
    practitionerStarts: sameClock(start, viewer.timeZone, practitioner.timeZone)
      ? null
      : describeMoment(start, theirs, now),
  };
}

/** An entry for whoever waits; its wishes as they were written, its offer on the viewer's clock. */
export function describeEntry(
  entry: EntryRow,
  intake: IntakeDto,
  viewer: Reader,
  now: Temporal.Instant,
): WaitlistEntryDto {
  const { weekdays, fromTime, toTime } = wishesOf(entry);
  const offer = openOfferOf(entry, now);
  return {
    entryId: entry.id,
    status: entry.status,
    who: whoOf(entry, viewer.locale),
    visitType: localized(entry.visitType.names, viewer.locale),
    dates: datesOf(entry, viewer.locale),
    weekdays: weekdays.map((weekday) => weekdayName(weekday, viewer.locale)),
    hours: fromTime === toTime ? null : { from: fromTime, to: toTime === "00:00" ? "24:00" : toTime },
    timesHref: entry.practitionerId
      ? timesPath(entry.practitionerId, { visitTypeId: entry.visitTypeId })
      : "/",
    offer: offer
      ? {
          visit: offeredVisit(offer, viewer, now),
          deadline: describeMoment(toInstant(offer.expiresAt), viewer, now),
          intake,
        }
      : null,
  };
}

/** An entry in the clinic's list. */
export function describeRow(entry: EntryRow, viewer: Reader, now: Temporal.Instant): WaitlistRowDto {
  const offer = openOfferOf(entry, now);
  return {
    entryId: entry.id,
    patientName: entry.patient.name,
    who: whoOf(entry, viewer.locale),
    visitType: localized(entry.visitType.names, viewer.locale),
    dates: datesOf(entry, viewer.locale),
    since: describeMoment(toInstant(entry.createdAt), viewer, now).shortDate,
    offerUntil: offer ? formatTime(toInstant(offer.expiresAt), viewer) : null,
  };
}
