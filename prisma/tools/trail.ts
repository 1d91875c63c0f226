import type pg from "pg";
import type { Temporal } from "temporal-polyfill";
import { LEAST_KEPT_YEARS } from "@/lib/audit/constants";
import type { ChainBeginnings } from "@/lib/audit/types";
import { toDate } from "@/lib/time/instant";

/** So many events go in one statement. */
const BATCH = 1_000;

/**
 * Removes what stands before the beginnings of chains, as the owner: the one role that can. Nothing goes that is younger than the cutoff,
 * whatever the beginnings are, or than the shortest period by the database's own clock, whatever the cutoff is. Safe to stop and to run
 * again; what is still there meanwhile, nobody counts.
 *
 * @returns how many events went
 */
export async function removeBefore(
  owner: pg.ClientBase,
  beginnings: ChainBeginnings,
  cutoff: Temporal.Instant,
): Promise<number> {
  let removed = 0;
  for (const [chain, beginning] of beginnings) {
    for (;;) {
      const { rowCount } = await owner.query(
        `DELETE FROM audit_event WHERE id IN (
           SELECT id FROM audit_event
           WHERE chain = $1 AND sequence < $2
             AND occurred_at <= least($3::timestamptz, now() - interval '${LEAST_KEPT_YEARS} years')
           ORDER BY sequence LIMIT ${BATCH})`,
        [chain, beginning.toString(), toDate(cutoff)],
      );
      removed += rowCount ?? 0;
      if ((rowCount ?? 0) < BATCH) break;
    }
  }
  return removed;
}
