import type { Temporal } from "temporal-polyfill";
import type { FreeSlot } from "@/lib/availability/types";
import type { PractitionerDto, VisitTypeDto } from "@/lib/directory/types";
import { formatDate, type Viewer } from "@/lib/time/format";
import { dateIn } from "@/lib/time/zones";
import { dayDistance } from "../rules/calendar";
import type { DirectoryEntryDto, DirectoryFilter } from "../types/directory";
import { timesPath } from "./paths";
import { describeTimes } from "./times";

/** "English, German": a practitioner's languages in the reader's, as one text that begins like a sentence. */
export function describeLanguages(codes: readonly string[], locale: string): string {
  const names = new Intl.DisplayNames(locale, { type: "language" });
  const text = codes.map((code) => names.of(code) ?? code).join(", ");
  return text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);
}

/**
 * A practitioner in the directory.
 *
 * @param next the first free times, of which those on the first one's day are shown; empty where there are none
 */
export function describeEntry(
  practitioner: PractitionerDto,
  next: { visitType: VisitTypeDto | undefined; slots: readonly FreeSlot[] },
  viewer: Viewer & { locale: keyof VisitTypeDto["names"] },
  now: Temporal.Instant,
): DirectoryEntryDto {
  const { visitType } = next;
  const slots = firstDayOf(next.slots, viewer.timeZone);
  const [first] = slots;
  const practitionerId = practitioner.id;
  return {
    practitionerId,
    name: practitioner.displayName,
    specialty: practitioner.specialty.names[viewer.locale],
    languages: describeLanguages(practitioner.languages, viewer.locale),
    href: timesPath(practitionerId, { visitTypeId: visitType?.id }),
    next:
      first && visitType
        ? {
            day: dayDistance(first.startAt, now, viewer.timeZone),
            date: formatDate(first.startAt, viewer, now),
            visitTypeId: visitType.id,
            visitType: visitType.names[viewer.locale],
            durationMinutes: visitType.durationMinutes,
            times: describeTimes(slots, viewer),
          }
        : null,
  };
}

/** Those of some slots in order that are on the civil date of the first one. */
function firstDayOf(slots: readonly FreeSlot[], timeZone: string): FreeSlot[] {
  const [first] = slots;
  if (!first) return [];
  const day = dateIn(first.startAt, timeZone);
  return slots.filter(({ startAt }) => dateIn(startAt, timeZone).equals(day));
}

/** Where a page of the directory is. */
export function directoryPath({ visitType, ...filter }: DirectoryFilter, page = 1): string {
  const query = { ...filter, visit: visitType, page: page > 1 ? String(page) : undefined };
  const said = Object.entries(query).flatMap(([name, value]) => (value ? [[name, value]] : []));
  const search = new URLSearchParams(said);
  return search.size > 0 ? `/?${search}` : "/";
}
