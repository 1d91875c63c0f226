import "server-only";
import { cache } from "react";
import { Temporal } from "temporal-polyfill";
import { loadSession } from "@/lib/auth/loaders";
import { findFreeSlots } from "@/lib/availability/data";
import type { FreeSlot } from "@/lib/availability/types";
import { systemNow } from "@/lib/core/clock";
import { db } from "@/lib/db/client";
import { findPractitioner, findVisitType } from "@/lib/directory/data";
import { loadViewer } from "@/lib/i18n/viewer";
import { describeMoment, formatTime, type MomentDto, sameClock } from "@/lib/time/format";
import { compareInstants } from "@/lib/time/instant";
import { bookingPath, parseBookingStart, timesPath } from "../format/paths";
import type { BookingPageDto } from "../types/form";

/**
 * The page on which one time is booked, or the nearest times where that one is not free.
 *
 * @param start the last part of a booking path
 * @returns `undefined` for an address that no page of ours has ever led to
 */
export const loadBookingPage = cache(
  async (practitionerId: string, visitTypeId: string, start: string): Promise<BookingPageDto | undefined> => {
    const startAt = parseBookingStart(start);
    if (!startAt) return undefined;
    const [viewer, session, practitioner, visitType] = await Promise.all([
      loadViewer(),
      loadSession(),
      findPractitioner(db(), practitionerId),
      findVisitType(db(), visitTypeId),
    ]);
    if (!practitioner || !visitType || !practitioner.visitTypeIds.includes(visitTypeId)) return undefined;
    const now = systemNow();
    const offer = { practitionerId, visitTypeId };
    const isFree = await isStillFree({ ...offer, startAt }, now);
    const nearest = isFree ? null : await loadNearestTimes({ ...offer, startAt }, now);
    const { timeZone } = practitioner;
    return {
      ...offer,
      practitionerName: practitioner.displayName,
      specialty: practitioner.specialty.names[viewer.locale],
      visitType: visitType.names[viewer.locale],
      durationMinutes: visitType.durationMinutes,
      starts: describeMoment(startAt, viewer, now),
      endTime: formatTime(startAt.add({ minutes: visitType.durationMinutes }), viewer),
      practitionerStarts: sameClock(startAt, viewer.timeZone, timeZone)
        ? null
        : describeMoment(startAt, { ...viewer, timeZone }, now),
      accountName: session?.actor.patientId ? session.user.name : null,
      instead:
        nearest?.map((moment) => ({
          moment,
          href: bookingPath(offer, Temporal.Instant.from(moment.iso)),
        })) ?? null,
      timesHref: timesPath(practitionerId, { visitTypeId }),
      href: bookingPath(offer, startAt),
    };
  },
);

type Start = { practitionerId: string; visitTypeId: string; startAt: Temporal.Instant };

/** Whether exactly this start can be booked. The past is not looked up: an address may name a year that no database has. */
async function isStillFree({ practitionerId, visitTypeId, startAt }: Start, now: Temporal.Instant) {
  if (compareInstants(startAt, now) < 0) return false;
  const free = await findFreeSlots(db(), {
    practitionerIds: [practitionerId],
    visitTypeId,
    from: startAt,
    to: startAt.add({ milliseconds: 1 }),
    now,
  });
  return (free.get(practitionerId) ?? []).length > 0;
}

const WITHIN_DAYS = 7;
const AT_MOST = 4;

/** The free times nearest to one that was taken, earliest first, on the viewer's clock. */
export async function loadNearestTimes(
  { practitionerId, visitTypeId, startAt }: Start,
  now: Temporal.Instant,
): Promise<MomentDto[]> {
  const viewer = await loadViewer();
  // A time that has passed has its nearest ones from now on.
  const around = compareInstants(startAt, now) < 0 ? now : startAt;
  const free = await findFreeSlots(db(), {
    practitionerIds: [practitionerId],
    visitTypeId,
    from: around.subtract({ hours: WITHIN_DAYS * 24 }),
    to: around.add({ hours: WITHIN_DAYS * 24 }),
    now,
  });
  const distance = (slot: FreeSlot) => Math.abs(slot.startAt.epochMilliseconds - around.epochMilliseconds);
  return (free.get(practitionerId) ?? [])
    .toSorted((a, b) => distance(a) - distance(b))
    .slice(0, AT_MOST)
    .toSorted((a, b) => compareInstants(a.startAt, b.startAt))
    .map((slot) => describeMoment(slot.startAt, viewer, now));
}
