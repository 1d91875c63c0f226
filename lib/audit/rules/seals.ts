import type { AuditFinding } from "../types";
import { hashSeal, readHeads, type SealedHead, same } from "./hash";
import type { FollowedFile } from "./seal-file";

type StoredSeal = {
  sequence: bigint;
  sealedAt: Date;
  heads: unknown;
  previousRoot: Uint8Array;
  root: Uint8Array;
};

/**
 * Follows the seals from the first to the last: each as it was written, each after the one before, none missing between two.
 *
 * @param follow is told what every seal has of each chain, and since when
 * @param file is told of every seal, where there is one to compare with
 */
export async function verifySeals(
  seals: AsyncIterable<StoredSeal>,
  {
    follow,
    file,
    key,
  }: {
    follow: (chain: number, head: SealedHead, sealedAt: Date) => Promise<void>;
    file: FollowedFile | undefined;
    key: Uint8Array;
  },
): Promise<{ seals: number; findings: AuditFinding[] }> {
  const findings: AuditFinding[] = [];
  let [last, previous, count] = [0n, new Uint8Array() as Uint8Array, 0];
  for await (const { heads: json, ...seal } of seals) {
    count += 1;
    if (seal.sequence !== last + 1n) findings.push({ kind: "seal_gap", sequence: (last + 1n).toString() });
    const heads = readHeads(json);
    const isAsWritten =
      heads && same(seal.previousRoot, previous) && same(hashSeal({ ...seal, heads }, key), seal.root);
    if (!isAsWritten) findings.push({ kind: "seal_changed", sequence: seal.sequence.toString() });
    await file?.upTo(seal);
    for (const [chain, head] of heads ?? []) await follow(chain, head, seal.sealedAt);
    [last, previous] = [seal.sequence, seal.root];
  }
  return { seals: count, findings };
}
