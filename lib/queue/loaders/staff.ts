import "server-only";
import { keptPatientScope } from "@/lib/access/rules";
import { requireSchedules } from "@/lib/auth/loaders";
import { systemNow } from "@/lib/core/clock";
import { db } from "@/lib/db/client";
import { languageName } from "@/lib/directory/format";
import { localized } from "@/lib/i18n/localized";
import { loadViewer } from "@/lib/i18n/viewer";
import { formatTime } from "@/lib/time/format";
import { compareInstants, toInstant } from "@/lib/time/instant";
import { DUTY_LAPSES_AFTER_MINUTES } from "../constants";
import { presentSince } from "../data/line";
import { listDuties, listEveryone } from "../data/offers";
import type { QueueDto } from "../types";

/**
 * Everybody who waits to be seen now, and who is on duty, for whoever keeps all schedules. Why anybody comes is not in it, nor why
 * somebody goes first: nothing sealed is opened.
 */
export async function loadQueue(): Promise<QueueDto> {
  const { actor } = await requireSchedules("/admin/queue");
  const viewer = await loadViewer();
  const { locale } = viewer;
  const now = systemNow();
  const [waiting, duties] = [
    await listEveryone(db(), keptPatientScope(actor)),
    await listDuties(db(), now.subtract({ minutes: DUTY_LAPSES_AFTER_MINUTES })),
  ];
  const isPresent = (seenAt: Date) => compareInstants(toInstant(seenAt), presentSince(now)) >= 0;
  const places = new Map<string, number>();
  const rows = waiting.map((entry) => {
    const place = (places.get(entry.specialtyId) ?? 0) + 1;
    places.set(entry.specialtyId, place);
    const joinedAt = toInstant(entry.joinedAt);
    return {
      entryId: entry.id,
      place,
      patientName: entry.patient.name,
      phone: entry.phone,
      specialty: localized(entry.specialty.names, locale),
      visitType: localized(entry.visitType.names, locale),
      language: entry.language ? languageName(entry.language, locale) : null,
      joinedTime: formatTime(joinedAt, viewer),
      waitedMinutes: Math.floor(joinedAt.until(now).total("minutes")),
      isPresent: isPresent(entry.seenAt),
      askedName: entry.offers[0]?.practitioner.displayName ?? null,
      goesFirst: entry.priority > 0,
    };
  });
  return {
    rows,
    onDuty: duties.map(({ practitionerId, practitioner, seenAt, since }) => ({
      practitionerId,
      name: practitioner.displayName,
      specialty: localized(practitioner.specialty.names, locale),
      isPresent: isPresent(seenAt),
      sinceTime: formatTime(toInstant(since), viewer),
    })),
  };
}
