import type { Temporal } from "temporal-polyfill";
import type { Db } from "@/lib/db/client";
import { toDate } from "@/lib/time/instant";
import { type Side, silentSince } from "../rules/presence";

/** Who is there at the moment, of each of these visits; a visit without anybody is left out. */
export async function presentSides(
  db: Db,
  encounterIds: readonly string[],
  now: Temporal.Instant,
): Promise<ReadonlyMap<string, ReadonlySet<Side>>> {
  const rows = await db.presence.findMany({
    where: { encounterId: { in: [...encounterIds] }, beatAt: { gt: toDate(silentSince(now)) } },
    select: { encounterId: true, side: true },
  });
  const sides = new Map<string, Set<Side>>();
  for (const { encounterId, side } of rows)
    sides.set(encounterId, (sides.get(encounterId) ?? new Set()).add(side));
  return sides;
}
