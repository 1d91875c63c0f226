import type { Temporal } from "temporal-polyfill";
import { dateIn } from "@/lib/time/zones";

/**
 * The nearest of some free times, in order, but only so many of one day, so that somebody who cannot on that day sees another.
 *
 * @param slots in order
 * @param timeZone whose days count
 */
export function nearestTimes<T extends { startAt: Temporal.Instant }>(
  slots: readonly T[],
  { timeZone, perDay, total }: { timeZone: string; perDay: number; total: number },
): T[] {
  const taken = new Map<string, number>();
  const nearest: T[] = [];
  for (const slot of slots) {
    if (nearest.length === total) break;
    const day = dateIn(slot.startAt, timeZone).toString();
    const count = taken.get(day) ?? 0;
    if (count === perDay) continue;
    taken.set(day, count + 1);
    nearest.push(slot);
  }
  return nearest;
}
