import type { Temporal } from "temporal-polyfill";
import type { AuditActor } from "@/lib/audit/types";
import { writeSettings } from "@/lib/booking/mutations/settings";
import { ok, type Result } from "@/lib/core/result";
import { transaction } from "@/lib/db/transaction";
import { RETENTION_KINDS } from "../constants";
import { RETENTION_KEY, readRetention } from "../data/settings";
import type { Retention } from "../types";

/**
 * Keeps how long each kind is kept; the next night goes by it. What stays as it was leaves no trail. The caller has asked `proveOwner`
 * where a period becomes shorter.
 */
export const saveRetention = (
  retention: Retention,
  actor: AuditActor,
  now: Temporal.Instant,
): Promise<Result<undefined>> =>
  transaction(async (tx) => {
    const before = await readRetention(tx);
    const changed = RETENTION_KINDS.filter((kind) => before[kind] !== retention[kind]);
    await writeSettings(tx, { key: RETENTION_KEY, settings: retention, changed }, actor, now);
    return ok();
  });
