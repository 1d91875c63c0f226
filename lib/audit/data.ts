import type { Temporal } from "temporal-polyfill";
import type { Db, Tx } from "@/lib/db/client";
import { type AuditEvent, type AuditSeal, Prisma } from "@/lib/db/generated/client";
import { toDate } from "@/lib/time/instant";
import { auditKey, CLOCKS_DIFFER_HOURS, SEALED_WITHIN_MINUTES } from "./constants";
import { followChain } from "./rules/chain";
import { beginningsOf, type Cut, followCuts, readCut } from "./rules/cuts";
import { CHAINS, chainOf, type SealedHead, type SealedHeads } from "./rules/hash";
import { followFile } from "./rules/seal-file";
import { verifySeals } from "./rules/seals";
import type { AuditReport, ChainBeginnings, SealLine } from "./types";

/** So many seals are in memory at once, and so many events of each chain, however long the trail is. */
const BATCH = { seals: 1_000, events: 200 } as const;

/**
 * The chains that have grown since they were last sealed, with where they stand: all as of one moment, without holding up those who
 * are writing. How far a chain was sealed is read from the seal itself: whoever points at another one has the chain sealed once more.
 */
export async function readGrownHeads(tx: Tx): Promise<SealedHeads> {
  const rows = await tx.$queryRaw<(SealedHead & { chain: number })[]>`
    SELECT c."chain", c."sequence", c."hash"
    FROM "audit_chain" AS c
      LEFT JOIN "audit_sealed_chain" AS l ON l."chain" = c."chain"
      LEFT JOIN "audit_seal" AS s ON s."sequence" = l."seal"
    WHERE c."sequence" > coalesce((s."heads" -> c."chain"::text ->> 0)::bigint, 0)`;
  return new Map(rows.map(({ chain, sequence, hash }) => [chain, { sequence, hash }]));
}

/** Where every chain says that it ends. */
export async function readHeadsNow(db: Db): Promise<Map<number, SealedHead>> {
  const rows = await db.auditChain.findMany({ orderBy: { chain: "asc" } });
  return new Map(rows.map(({ chain, sequence, hash }) => [chain, { sequence, hash }]));
}

/** One chain's events after one of them, in order; all of them when none is named. Unscoped: it is read as a chain of hashes. */
export const unsafeReadChain = (db: Db, chain: number, from = 0n): AsyncGenerator<AuditEvent> =>
  inBatches(
    (after) =>
      db.auditEvent.findMany({
        where: { chain, sequence: { gt: after } },
        orderBy: { sequence: "asc" },
        take: BATCH.events,
      }),
    { from, batch: BATCH.events },
  );

/**
 * What was said about where chains begin, in order; the last one is what holds. Each is an event as all others: whoever changes or forges
 * it breaks the chain that it stands in, and it is passed over here. Unscoped: it is about the trail and nobody.
 */
export async function unsafeReadCuts(db: Db): Promise<Cut[]> {
  const key = auditKey();
  const chain = chainOf(undefined, key);
  const events = inBatches(
    (after) =>
      db.auditEvent.findMany({
        where: { chain, action: "audit.cut", sequence: { gt: after } },
        orderBy: { sequence: "asc" },
        take: BATCH.events,
      }),
    { from: 0n, batch: BATCH.events },
  );
  const cuts: Cut[] = [];
  for await (const event of events) {
    const cut = readCut(event, key);
    if (cut) cuts.push(cut);
  }
  return cuts;
}

const CLOCKS_DIFFER = Prisma.raw(`interval '${CLOCKS_DIFFER_HOURS} hours'`);

/**
 * Looks at the events that are over and at the seals since the oldest of them, and at nothing else: where nothing is over, which is most of
 * the time, it costs nothing however long the trail is. An event that is younger than the next of its chain, by a clock that was
 * wrong, keeps what comes after it. Unscoped: numbers of the whole trail.
 */
export const unsafeBeginningsQuery = (cutoff: Date): Prisma.Sql => Prisma.sql`
  WITH "over" AS MATERIALIZED (
    SELECT "chain", max("sequence") AS "last", min("occurred_at") AS "since"
    FROM "audit_event" WHERE "occurred_at" <= ${cutoff} GROUP BY 1
  ), "kept" AS (
    SELECT o."chain", coalesce((
      SELECT min(e."sequence") FROM "audit_event" e
      WHERE e."chain" = o."chain" AND e."sequence" < o."last" AND e."occurred_at" > ${cutoff}
    ), o."last" + 1) AS "first" FROM "over" o
  ), "sealed" AS (
    SELECT h."key"::smallint AS "chain", (h."value" ->> 0)::bigint AS "sequence"
    FROM "audit_seal" s CROSS JOIN LATERAL jsonb_each(s."heads") h
    WHERE s."sealed_at" <= ${cutoff} AND s."sealed_at" >= (SELECT min("since") FROM "over") - ${CLOCKS_DIFFER}
  )
  SELECT "chain", max("sequence") + 1 AS "sequence" FROM "sealed" JOIN "kept" USING ("chain")
  WHERE "sequence" < "first" GROUP BY 1`;

/**
 * Where chains could begin if what happened until a moment were removed. Only whole sealed pieces go, so that what is left follows from
 * a seal; the seals stay for good. Unscoped: numbers of the whole trail.
 */
export async function unsafeFindBeginnings(db: Db, until: Temporal.Instant): Promise<ChainBeginnings> {
  const rows = await db.$queryRaw<{ chain: number; sequence: bigint }[]>(
    unsafeBeginningsQuery(toDate(until)),
  );
  return new Map(rows.map(({ chain, sequence }) => [chain, sequence]));
}

/** How many events stand before these beginnings, and since when the oldest of them. Unscoped: numbers of the whole trail. */
export async function unsafeCountBefore(
  db: Db,
  beginnings: ChainBeginnings,
): Promise<{ rows: number; oldest: Date | null }> {
  const [found] = await db.$queryRaw<{ rows: number; oldest: Date | null }[]>`
    SELECT count(*)::int AS "rows", min(e."occurred_at") AS "oldest"
    FROM "audit_event" e JOIN unnest(
      ${[...beginnings.keys()]}::smallint[], ${[...beginnings.values()]}::bigint[]
    ) AS b ("chain", "sequence") ON e."chain" = b."chain" AND e."sequence" < b."sequence"`;
  return found ?? { rows: 0, oldest: null };
}

/** The seals after one of them, in order; all of them when none is named. */
export const readSeals = (db: Db, from = 0n): AsyncGenerator<AuditSeal> =>
  inBatches(
    (after) =>
      db.auditSeal.findMany({
        where: { sequence: { gt: after } },
        orderBy: { sequence: "asc" },
        take: BATCH.seals,
      }),
    { from, batch: BATCH.seals },
  );

async function* inBatches<T extends { sequence: bigint }>(
  read: (after: bigint) => Promise<T[]>,
  { from, batch }: { from: bigint; batch: number },
): AsyncGenerator<T> {
  let after = from;
  for (;;) {
    const rows = await read(after);
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < batch) return;
    after = last.sequence;
  }
}

/**
 * Reads the whole trail and tells what is wrong with it: seal by seal, and each chain's events up to where the seal has them. Heads are
 * read first, so that events written meanwhile are no fault. What was said about beginnings must be borne out by the seals too.
 *
 * @param lines the seals that were written outside the database; nothing where they are not to be compared
 * @param now what happened long before and is not sealed, or not outside, was left out
 */
export async function verifyTrail(
  db: Db,
  lines: AsyncIterable<SealLine> | undefined,
  now: Temporal.Instant,
): Promise<AuditReport> {
  const [key, late] = [auditKey(), toDate(now.subtract({ minutes: SEALED_WITHIN_MINUTES }))];
  const heads = await readHeadsNow(db);
  const cuts = await unsafeReadCuts(db);
  const beginnings = beginningsOf(cuts);
  const followed = followCuts(cuts, now);
  const chains = Array.from({ length: CHAINS }, (_, chain) =>
    followChain(chain, {
      read: (after) => unsafeReadChain(db, chain, after),
      head: heads.get(chain),
      beginning: beginnings.get(chain),
      key,
      late,
    }),
  );
  const file = lines && followFile(lines, (sequence) => readRoot(db, sequence), late);
  const { seals, findings } = await verifySeals(readSeals(db), {
    follow: async (chain, head, sealedAt) => {
      followed.upTo(chain, head, sealedAt);
      await chains[chain]?.upTo(head);
    },
    file,
    key,
  });
  const written = await file?.end();
  findings.push(...followed.end(), ...(written?.findings ?? []));
  let events = 0;
  for (const chain of chains) {
    const report = await chain.end();
    events += report.events;
    findings.push(...report.findings);
  }
  return { events, seals, sealLines: written?.lines ?? 0, beginnings, findings };
}

async function readRoot(db: Db, sequence: bigint): Promise<Uint8Array | undefined> {
  const seal = await db.auditSeal.findUnique({ where: { sequence }, select: { root: true } });
  return seal?.root;
}
