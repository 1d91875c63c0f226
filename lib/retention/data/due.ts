import type { Temporal } from "temporal-polyfill";
import { unsafeCountBefore, unsafeFindBeginnings } from "@/lib/audit/data";
import type { Db } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { toDate, toInstant } from "@/lib/time/instant";
import { dueRows, STEPS, type Step } from "../mutations/steps";
import { cutoffOf } from "../rules";
import type { Due, Retention, SweptKind } from "../types";

/** How much of the trail would go now. Its owner alone can take from it. */
async function unsafeCountTrail(db: Db, retention: Retention, now: Temporal.Instant): Promise<Due> {
  const { rows, oldest } = await unsafeCountBefore(
    db,
    await unsafeFindBeginnings(db, cutoffOf("trail", now, retention)),
  );
  return { kind: "trail", rows, oldest: oldest ? toInstant(oldest) : undefined };
}

/** How much of each kind would go now, and since when the oldest of it has been there. Unscoped: numbers of the whole clinic. */
export async function unsafeCountDue(db: Db, retention: Retention, now: Temporal.Instant): Promise<Due[]> {
  const counted: Due[] = [];
  for (const [kind, steps] of Object.entries(STEPS) as [SweptKind, readonly Step[]][]) {
    const cutoff = toDate(cutoffOf(kind, now, retention));
    const parts = steps.map(
      (step) =>
        Prisma.sql`SELECT count(*)::int AS "rows", min(${step.since}) AS "oldest" ${dueRows(step, cutoff)}`,
    );
    const [found] = await db.$queryRaw<{ rows: number; oldest: Date | null }[]>`
      SELECT sum("rows")::int AS "rows", min("oldest") AS "oldest"
      FROM (${Prisma.join(parts, " UNION ALL ")}) parts`;
    counted.push({
      kind,
      rows: found?.rows ?? 0,
      oldest: found?.oldest ? toInstant(found.oldest) : undefined,
    });
  }
  return [...counted, await unsafeCountTrail(db, retention, now)];
}
