import type { Db, Tx } from "@/lib/db/client";
import type { AuditEvent, AuditSeal } from "@/lib/db/generated/client";
import { deriveKey } from "@/lib/security/tokens";
import { CHAINS, type SealedHead, type SealedHeads } from "./rules/hash";
import { verifyChain, verifySeals } from "./rules/verify";
import type { AuditReport, SealLine } from "./types";

/** So many rows are in memory at once, however long the trail is. */
const BATCH = 1_000;

/**
 * The chains that have grown since they were last sealed, with where they stand: all as of one moment, without holding up those who
 * are writing.
 */
export async function readGrownHeads(tx: Tx): Promise<SealedHeads> {
  const rows = await tx.$queryRaw<(SealedHead & { chain: number })[]>`
    SELECT c."chain", c."sequence", c."hash"
    FROM "audit_chain" AS c LEFT JOIN "audit_sealed_chain" AS s ON s."chain" = c."chain"
    WHERE c."sequence" > coalesce(s."sequence", 0)`;
  return new Map(rows.map(({ chain, sequence, hash }) => [chain, { sequence, hash }]));
}

/** Where every chain says that it ends. */
export async function readHeadsNow(db: Db): Promise<Map<number, SealedHead>> {
  const rows = await db.auditChain.findMany({ orderBy: { chain: "asc" } });
  return new Map(rows.map(({ chain, sequence, hash }) => [chain, { sequence, hash }]));
}

/** One chain's events, in order. */
export const readChain = (db: Db, chain: number): AsyncGenerator<AuditEvent> =>
  inBatches((after) =>
    db.auditEvent.findMany({
      where: { chain, sequence: { gt: after } },
      orderBy: { sequence: "asc" },
      take: BATCH,
    }),
  );

/** The seals after one of them, in order; all of them when none is named. */
export const readSeals = (db: Db, from = 0n): AsyncGenerator<AuditSeal> =>
  inBatches(
    (after) =>
      db.auditSeal.findMany({
        where: { sequence: { gt: after } },
        orderBy: { sequence: "asc" },
        take: BATCH,
      }),
    from,
  );

async function* inBatches<T extends { sequence: bigint }>(
  read: (after: bigint) => Promise<T[]>,
  from = 0n,
): AsyncGenerator<T> {
  let after = from;
  for (;;) {
    const rows = await read(after);
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < BATCH) return;
    after = last.sequence;
  }
}

/**
 * Reads the whole trail and tells what is wrong with it. Heads are read first, so that events written meanwhile are no fault.
 *
 * @param lines the seals that were written outside the database
 */
export async function verifyTrail(db: Db, lines: readonly SealLine[]): Promise<AuditReport> {
  const key = deriveKey("audit");
  const heads = await readHeadsNow(db);
  const { seals, sealed, findings } = await verifySeals(readSeals(db), lines, key);
  let events = 0;
  for (let chain = 0; chain < CHAINS; chain += 1) {
    const report = await verifyChain(chain, readChain(db, chain), {
      head: heads.get(chain) ?? { sequence: 0n, hash: new Uint8Array() },
      sealed: sealed.get(chain) ?? new Map(),
      key,
    });
    events += report.events;
    findings.push(...report.findings);
  }
  return { events, seals, sealLines: lines.length, findings };
}
