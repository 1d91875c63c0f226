import { isDeepStrictEqual } from "node:util";
import type { Temporal } from "temporal-polyfill";
import { InvariantError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { ok, type Result } from "@/lib/core/result";
import { db, type Tx } from "@/lib/db/client";
import { lockAuditSeals } from "@/lib/db/locks";
import { transaction } from "@/lib/db/transaction";
import { countAttempt } from "@/lib/security/rate-limit";
import { toDate } from "@/lib/time/instant";
import { auditKey, CUT_TIMEOUT_MS, SITTING_MINUTES } from "./constants";
import { readGrownHeads, unsafeFindBeginnings, unsafeReadCuts } from "./data";
import { beginningsOf, writeBeginnings } from "./rules/cuts";
import { chainOf, type Hashed, hashEvent, hashSeal, writeHeads } from "./rules/hash";
import type { AuditAction, AuditActor, AuditInput, ChainBeginnings } from "./types";

/**
 * Writes one event in the caller's transaction, as its last step: the chain's head is the last lock of the house's order,
 * held only until the commit that follows.
 */
export async function recordAudit(tx: Tx, input: AuditInput, now: Temporal.Instant): Promise<void> {
  const key = auditKey();
  const chain = chainOf(input.subject, key);
  const heads = await tx.$queryRaw<{ sequence: bigint; hash: Uint8Array<ArrayBuffer> }[]>`
    SELECT "sequence", "hash" FROM "audit_chain" WHERE "chain" = ${chain}::smallint FOR UPDATE`;
  const head = heads[0];
  if (!head) throw new InvariantError(`audit chain ${chain} is missing`);

  const event: Hashed = {
    id: newId(),
    chain,
    sequence: head.sequence + 1n,
    occurredAt: toDate(now),
    action: input.action,
    outcome: input.outcome,
    actorKind: input.actor.kind,
    actorPseudonym: "pseudonym" in input.actor ? input.actor.pseudonym : null,
    subjectPseudonym: input.subject ?? null,
    entityType: input.entity?.type ?? null,
    entityId: input.entity?.id ?? null,
    address: input.address ?? input.actor.address ?? null,
    details: input.details,
  };
  const hash = hashEvent(event, head.hash, key);
  await tx.auditEvent.create({
    data: { ...event, details: { ...input.details }, previousHash: head.hash, hash },
  });
  await tx.auditChain.update({ where: { chain }, data: { sequence: event.sequence, hash } });
}

/**
 * The same for several events. Their chains are locked in one order everywhere, so that two who write of the same people do not wait for
 * each other.
 */
export async function recordAudits(
  tx: Tx,
  inputs: readonly AuditInput[],
  now: Temporal.Instant,
): Promise<void> {
  const key = auditKey();
  const ordered = inputs.toSorted((a, b) => chainOf(a.subject, key) - chainOf(b.subject, key));
  for (const input of ordered) await recordAudit(tx, input, now);
}

/** The same for an event that concerns several people. */
export const recordAuditOfEach = (
  tx: Tx,
  subjects: readonly string[],
  input: AuditAction & Omit<AuditInput, "subject" | keyof AuditAction>,
  now: Temporal.Instant,
): Promise<void> =>
  recordAudits(
    tx,
    subjects.map((subject) => ({ ...input, subject })),
    now,
  );

/**
 * The same for what a page does by itself again and again, as a conversation that is read anew with each message: once for a sitting of
 * one person at one address. That it was done stands in the trail, at the latest from this transaction on.
 *
 * @param inputs each of somebody: what has no subject is written every time
 * @param always what is written with it each time
 */
export async function recordOnce(
  tx: Tx,
  inputs: readonly AuditInput[],
  now: Temporal.Instant,
  always: readonly AuditInput[] = [],
): Promise<void> {
  if (inputs.length + always.length === 0) return;
  const actors = inputs.map(({ actor }) => ("pseudonym" in actor ? actor.pseudonym : undefined));
  const known = await tx.auditEvent.findMany({
    where: {
      actorPseudonym: { in: actors.filter((pseudonym) => pseudonym !== undefined) },
      action: { in: inputs.map(({ action }) => action) },
      subjectPseudonym: { in: inputs.flatMap(({ subject }) => subject ?? []) },
      occurredAt: { gt: toDate(now.subtract({ minutes: SITTING_MINUTES })), lte: toDate(now) },
    },
  });
  const isKnown = ({
    action,
    actor,
    subject,
    entity,
    outcome,
    details,
    address = actor.address,
  }: AuditInput): boolean =>
    known.some(
      (event) =>
        event.action === action &&
        event.actorKind === actor.kind &&
        event.actorPseudonym === ("pseudonym" in actor ? actor.pseudonym : null) &&
        event.subjectPseudonym === (subject ?? null) &&
        event.entityId === (entity?.id ?? null) &&
        event.outcome === outcome &&
        isDeepStrictEqual(event.details, details) &&
        event.address === (address ?? null),
    );
  await recordAudits(tx, [...inputs.filter((input) => !isKnown(input)), ...always], now);
}

/** So many refusals of one account or personal link stand in the trail one by one within an hour; more of them are counted. */
const SINGLE_REFUSALS = { max: 60, windowSeconds: 3600 };

/**
 * Writes that somebody was refused what is not theirs, in a transaction of its own: what they tried was rolled back, or never begun.
 * Strangers' refusals are counted for an hour and then stand in the trail as one event, so that nobody can fill it.
 *
 * @param door a name of ours, never something that was sent
 */
export async function recordRefusal(
  { actor, door, address }: { actor: AuditActor; door: string; address?: string | undefined },
  now: Temporal.Instant,
): Promise<void> {
  const isSingle =
    "pseudonym" in actor &&
    (await countAttempt("audit.refusal", actor.pseudonym, SINGLE_REFUSALS, now)) === undefined;
  if (!isSingle) return tallyRefusal(door, now);
  await transaction(async (tx) => {
    await recordAudit(
      tx,
      {
        action: "access.refused",
        details: { door },
        actor,
        outcome: "refused",
        subject: undefined,
        entity: undefined,
        address,
      },
      now,
    );
    return ok();
  });
}

const hourOf = (now: Temporal.Instant): Temporal.Instant =>
  now.round({ smallestUnit: "hour", roundingMode: "floor" });

async function tallyRefusal(door: string, now: Temporal.Instant): Promise<void> {
  await db().$executeRaw`
    INSERT INTO "refusal_tally" AS t ("door", "hour", "count") VALUES (${door}, ${toDate(hourOf(now))}, 1)
    ON CONFLICT ("door", "hour") DO UPDATE SET "count" = t."count" + 1`;
}

/** Puts the refusals of past hours that were counted into the trail, one event for each door and hour. */
export const writeTalliedRefusals = (now: Temporal.Instant): Promise<Result<undefined>> =>
  transaction(async (tx) => {
    const tallied = await tx.$queryRaw<{ door: string; hour: Date; count: number }[]>`
      DELETE FROM "refusal_tally" WHERE "hour" < ${toDate(hourOf(now))} RETURNING "door", "hour", "count"`;
    for (const { door, hour, count } of tallied)
      await recordAudit(
        tx,
        {
          action: "access.refused",
          details: { door, count, hour: hour.toISOString() },
          actor: { kind: "anonymous" },
          outcome: "refused",
          subject: undefined,
          entity: undefined,
        },
        now,
      );
    return ok();
  });

/**
 * Seals the state of every chain that has grown since the last seal: one row, chained to the one before. Nothing is written where
 * nothing has grown, and by several workers at once it is written once.
 *
 * @returns whether there was anything to seal
 */
export const sealChains = (now: Temporal.Instant): Promise<Result<boolean>> =>
  transaction(async (tx) => {
    await lockAuditSeals(tx);
    const heads = await readGrownHeads(tx);
    if (heads.size === 0) return ok(false);
    const last = await tx.auditSeal.findFirst({ orderBy: { sequence: "desc" } });
    const seal = {
      sequence: (last?.sequence ?? 0n) + 1n,
      sealedAt: toDate(now),
      heads,
      previousRoot: last?.root ?? new Uint8Array(),
    };
    const root = hashSeal(seal, auditKey());
    await tx.auditSeal.create({ data: { ...seal, heads: writeHeads(heads), root } });
    for (const chain of heads.keys()) {
      await tx.auditSealedChain.upsert({
        where: { chain },
        create: { chain, seal: seal.sequence },
        update: { seal: seal.sequence },
      });
    }
    return ok(true);
  });

/**
 * Says where the chains begin from now on: what happened until a moment may be removed, as far as seals stand for it. Afterwards whoever
 * owns the tables removes it; the portal's own role cannot. Nothing is written where nothing more may go.
 *
 * @returns the first event that stays, of every chain from which something may go: found now, and never what an earlier cut says
 */
export const cutTrail = (until: Temporal.Instant, now: Temporal.Instant): Promise<Result<ChainBeginnings>> =>
  transaction(
    async (tx) => {
      const over = await unsafeFindBeginnings(tx, until);
      const before = beginningsOf(await unsafeReadCuts(tx));
      const further = [...over].filter(([chain, sequence]) => sequence > (before.get(chain) ?? 1n));
      if (further.length === 0) return ok(over);
      const begins = writeBeginnings(new Map([...before, ...further]));
      await recordAudit(
        tx,
        {
          action: "audit.cut",
          details: { begins },
          actor: { kind: "system" },
          outcome: "success",
          subject: undefined,
          entity: undefined,
        },
        now,
      );
      return ok(over);
    },
    {},
    { timeoutMs: CUT_TIMEOUT_MS },
  );
