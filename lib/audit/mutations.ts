import type { Temporal } from "temporal-polyfill";
import { InvariantError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { ok, type Result } from "@/lib/core/result";
import type { Tx } from "@/lib/db/client";
import { lockAuditSeals } from "@/lib/db/locks";
import { transaction } from "@/lib/db/transaction";
import { deriveKey } from "@/lib/security/tokens";
import { toDate } from "@/lib/time/instant";
import { readGrownHeads } from "./data";
import { chainOf, type Hashed, hashEvent, hashSeal, writeHeads } from "./rules/hash";
import type { AuditInput } from "./types";

/**
 * Writes one event in the caller's transaction, as its last step: the chain's head is the last lock of the house's order,
 * held only until the commit that follows.
 */
export async function recordAudit(tx: Tx, input: AuditInput, now: Temporal.Instant): Promise<void> {
  const key = deriveKey("audit");
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
    address: input.address ?? null,
    details: input.details,
  };
  const hash = hashEvent(event, head.hash, key);
  await tx.auditEvent.create({
    data: { ...event, details: { ...input.details }, previousHash: head.hash, hash },
  });
  await tx.auditChain.update({ where: { chain }, data: { sequence: event.sequence, hash } });
}

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
    const root = hashSeal(seal, deriveKey("audit"));
    await tx.auditSeal.create({ data: { ...seal, heads: writeHeads(heads), root } });
    for (const [chain, { sequence }] of heads) {
      await tx.auditSealedChain.upsert({
        where: { chain },
        create: { chain, sequence },
        update: { sequence },
      });
    }
    return ok(true);
  });
