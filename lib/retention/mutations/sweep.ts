import type { Temporal } from "temporal-polyfill";
import { recordAudit } from "@/lib/audit/mutations";
import { ok } from "@/lib/core/result";
import { db, type Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { transaction } from "@/lib/db/transaction";
import { toDate } from "@/lib/time/instant";
import { readRetention } from "../data/settings";
import { cutoffOf } from "../rules";
import type { Retention, SweptKind } from "../types";
import { dueRows, STEPS, type Step } from "./steps";

/** So many rows of a table go in one transaction: its locks are held for a moment. */
export const BATCH = 500;
/** So often in one night, for each kind; the next one goes on. */
const BATCHES = 400;

/**
 * Removes whatever has been kept long enough. Each batch is whole in itself, with its event in the trail, so that a run can end anywhere
 * and the next one goes on; what somebody else has in hand is left to it, and a kind that fails keeps no other waiting. The bytes of files
 * are noted by the database and go with what else is removed. Two at once do no harm.
 *
 * @returns how many rows of each kind went
 * @throws after all kinds, where one failed
 */
export async function sweepRetention(now: Temporal.Instant, batch = BATCH): Promise<Map<SweptKind, number>> {
  const retention = await readRetention(db());
  const removed = new Map<SweptKind, number>();
  const failures: unknown[] = [];
  for (const kind of Object.keys(STEPS) as SweptKind[]) {
    try {
      removed.set(kind, await sweepKind(kind, retention, now, batch));
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, "not all that was kept long enough could go");
  return removed;
}

async function sweepKind(
  kind: SweptKind,
  retention: Retention,
  now: Temporal.Instant,
  batch: number,
): Promise<number> {
  let removed = 0;
  for (let round = 0; round < BATCHES; round += 1) {
    const counts = await sweepOnce(kind, retention, now, batch);
    removed += counts.reduce((sum, count) => sum + count, 0);
    if (counts.every((count) => count < batch)) break;
  }
  return removed;
}

/** One batch of a kind. @returns how many rows of each of its tables went */
async function sweepOnce(
  kind: SweptKind,
  retention: Retention,
  now: Temporal.Instant,
  batch: number,
): Promise<readonly number[]> {
  const cutoff = toDate(cutoffOf(kind, now, retention));
  const swept = await transaction(async (tx) => {
    const counts: number[] = [];
    for (const step of STEPS[kind]) counts.push(await take(tx, step, cutoff, batch));
    const rows = counts.reduce((sum, count) => sum + count, 0);
    if (rows === 0) return ok(counts);
    const tables = STEPS[kind].flatMap(({ table }, at) => (counts[at] ? [`${table} ${counts[at]}`] : []));
    await recordAudit(
      tx,
      {
        action: "retention.swept",
        details: { kind, rows, tables },
        actor: { kind: "system" },
        outcome: "success",
        subject: undefined,
        entity: undefined,
      },
      now,
    );
    return ok(counts);
  });
  return swept.ok ? swept.value : [];
}

function take(tx: Tx, step: Step, cutoff: Date, batch: number): Promise<number> {
  const { sql, raw } = Prisma;
  const [table, key] = [raw(`"${step.table}"`), raw(`"${step.key ?? "id"}"`)];
  const due = sql`SELECT t.${key} ${dueRows(step, cutoff)} AND ${step.after ?? sql`true`} ORDER BY ${step.since} LIMIT ${batch} FOR UPDATE OF t SKIP LOCKED`;
  return step.clear
    ? tx.$executeRaw`UPDATE ${table} SET ${step.clear} WHERE ${key} IN (${due})`
    : tx.$executeRaw`DELETE FROM ${table} WHERE ${key} IN (${due})`;
}
