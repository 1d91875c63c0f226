import type { Temporal } from "temporal-polyfill";
import { describeHours } from "@/lib/availability/format/hours";
import { localized } from "@/lib/i18n/localized";
import { describeMoment, zonePlace } from "@/lib/time/format";
import type { Attention, ManagedPractitioner, ManagedVisitType, PractitionerLine } from "./types/clinic";

type Reader = { locale: string; now: Temporal.Instant; aroundTheClock: string };

const attentionOf = ({ active, visitTypeIds, hours, nextFree }: ManagedPractitioner): Attention | null => {
  if (!active) return null;
  if (visitTypeIds.length === 0) return "no_visit_types";
  if (hours.length === 0) return "no_hours";
  return nextFree ? null : "never_free";
};

/** A practitioner as a line of a list, times on the practitioner's own clock. */
export function describePractitioner(
  practitioner: ManagedPractitioner,
  visitTypes: readonly ManagedVisitType[],
  { locale, now, aroundTheClock }: Reader,
): PractitionerLine {
  const { timeZone, nextFree, hours } = practitioner;
  const nameOf = (id: string) => localized(visitTypes.find((type) => type.id === id)?.names, locale);
  const moment = nextFree ? describeMoment(nextFree.startAt, { locale, timeZone }, now) : undefined;
  return {
    id: practitioner.id,
    displayName: practitioner.displayName,
    email: practitioner.email,
    specialty: localized(practitioner.specialtyNames, locale),
    hours: describeHours(hours, locale, aroundTheClock),
    zone: zonePlace({ locale, timeZone }),
    visitTypes: practitioner.visitTypeIds.map(nameOf),
    nextFree:
      nextFree && moment
        ? { date: moment.shortDate, time: moment.time, visitType: nameOf(nextFree.visitTypeId) }
        : null,
    active: practitioner.active,
    hasAccepted: practitioner.hasAccepted,
    attention: attentionOf(practitioner),
  };
}
