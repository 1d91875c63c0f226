import type pg from "pg";
import type { ChainBeginnings } from "@/lib/audit/types";

/** So many events go in one statement. */
const BATCH = 1_000;

/**
 * Removes what stands before the beginnings of chains, as the owner: the one role that can. Safe to stop and to run again; what is still
 * there meanwhile, nobody counts.
 *
 * @returns how many events went
 */
export async function removeBefore(owner: pg.ClientBase, beginnings: ChainBeginnings): Promise<number> {
  let removed = 0;
  for (const [chain, beginning] of beginnings) {
    for (;;) {
      const { rowCount } = await owner.query(
        `DELETE FROM audit_event WHERE id IN (
           SELECT id FROM audit_event WHERE chain = $1 AND sequence < $2 ORDER BY sequence LIMIT ${BATCH})`,
        [chain, beginning.toString()],
      );
      removed += rowCount ?? 0;
      if ((rowCount ?? 0) < BATCH) break;
    }
  }
  return removed;
}
