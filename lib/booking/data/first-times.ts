import type { Temporal } from "temporal-polyfill";
import { findFreeSlots, findNextFree } from "@/lib/availability/data/slots";
import type { FreeSlot } from "@/lib/availability/types";
import type { Db } from "@/lib/db/client";
import { dateIn, startOfDay } from "@/lib/time/zones";
import { dayDistance } from "../rules/calendar";

export type FirstTimes = { visitTypeId: string; slots: FreeSlot[] };

/** How many times of a practitioner's first free day are offered at once. */
const TIMES_AT_ONCE = 3;

/**
 * The first free times of each practitioner, for one visit type or for whichever of their own is free first: several of the same
 * day where that is today or tomorrow in the viewer's zone, else the first alone. The number of queries grows with the visit types,
 * never with the practitioners.
 *
 * @returns an entry only for those who have a free time
 */
export async function findFirstTimes(
  db: Db,
  {
    timeZone,
    now,
    ...asked
  }: {
    practitionerIds: readonly string[];
    visitTypeId: string | undefined;
    timeZone: string;
    now: Temporal.Instant;
  },
): Promise<Map<string, FirstTimes>> {
  const first = new Map<string, FirstTimes>();
  const soonByType = new Map<string, string[]>();
  for (const [id, { visitTypeId, ...slot }] of await findNextFree(db, { ...asked, now })) {
    first.set(id, { visitTypeId, slots: [slot] });
    if (dayDistance(slot.startAt, now, timeZone) === "later") continue;
    soonByType.set(visitTypeId, [...(soonByType.get(visitTypeId) ?? []), id]);
  }
  const to = startOfDay(dateIn(now, timeZone).add({ days: 2 }), timeZone);
  await Promise.all(
    [...soonByType].map(async ([visitTypeId, practitionerIds]) => {
      const free = await findFreeSlots(db, { practitionerIds, visitTypeId, from: now, to, now });
      for (const [id, slots] of free) {
        const sameDay = firstDayOf(slots.slice(0, TIMES_AT_ONCE), timeZone);
        if (sameDay.length > 0) first.set(id, { visitTypeId, slots: sameDay });
      }
    }),
  );
  return first;
}

/** Those of some slots in order that are on the civil date of the first one. */
function firstDayOf(slots: readonly FreeSlot[], timeZone: string): FreeSlot[] {
  const [first] = slots;
  if (!first) return [];
  const day = dateIn(first.startAt, timeZone);
  return slots.filter(({ startAt }) => dateIn(startAt, timeZone).equals(day));
}
