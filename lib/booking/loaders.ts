import "server-only";
import type { Temporal } from "temporal-polyfill";
import { findFreeSlots } from "@/lib/availability/data";
import { db } from "@/lib/db/client";
import { loadViewer } from "@/lib/i18n/viewer";
import { describeMoment, type MomentDto } from "@/lib/time/format";

const WITHIN_DAYS = 7;
const AT_MOST = 4;

/** The free times nearest to one that was taken, earliest first, on the viewer's clock. */
export async function loadNearestTimes(
  {
    practitionerId,
    visitTypeId,
    startAt,
  }: { practitionerId: string; visitTypeId: string; startAt: Temporal.Instant },
  now: Temporal.Instant,
): Promise<MomentDto[]> {
  const viewer = await loadViewer();
  const free = await findFreeSlots(db(), {
    practitionerIds: [practitionerId],
    visitTypeId,
    from: startAt.subtract({ hours: WITHIN_DAYS * 24 }),
    to: startAt.add({ hours: WITHIN_DAYS * 24 }),
    now,
  });
  const distance = (slot: { startAt: Temporal.Instant }) =>
    Math.abs(slot.startAt.epochMilliseconds - startAt.epochMilliseconds);
  return (free.get(practitionerId) ?? [])
    .toSorted((a, b) => distance(a) - distance(b))
    .slice(0, AT_MOST)
    .toSorted((a, b) => a.startAt.epochMilliseconds - b.startAt.epochMilliseconds)
    .map((slot) => describeMoment(slot.startAt, viewer, now));
}
