import { timingSafeEqual } from "node:crypto";
import type { AuditFinding, SealLine } from "../types";
import { type Hashed, hashEvent, hashSeal, readHeads, type SealedHead } from "./hash";

type StoredEvent = Hashed & { previousHash: Uint8Array; hash: Uint8Array };
type StoredSeal = {
  sequence: bigint;
  sealedAt: Date;
  heads: unknown;
  previousRoot: Uint8Array;
  root: Uint8Array;
};

/** What the seals hold of each chain: the hash that an event had, by its sequence. */
export type SealedEvents = ReadonlyMap<number, ReadonlyMap<bigint, Uint8Array>>;

/** What one chain holds and what is wrong with it; the first break is told, since everything after it breaks as well. */
export type ChainReport = { events: number; findings: AuditFinding[] };

const same = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && timingSafeEqual(a, b);

/** Where a chain begins of which nothing was removed. */
const BEGINNING: SealedHead = { sequence: 0n, hash: new Uint8Array() };

/**
 * Follows one chain from its beginning: every event as it was written, each after the one before, none missing, and none gone from the
 * end that its head or a seal knows of.
 *
 * @param events in the order of their sequences
 * @param head where the chain says that it ends
 * @param sealed the hashes that events had when they were sealed, by sequence
 * @param after the last event that was kept long enough and removed, as it was sealed
 */
export async function verifyChain(
  chain: number,
  events: AsyncIterable<StoredEvent>,
  {
    head,
    sealed,
    after = BEGINNING,
    key,
  }: {
    head: SealedHead;
    sealed: ReadonlyMap<bigint, Uint8Array>;
    after?: SealedHead | undefined;
    key: Uint8Array;
  },
): Promise<ChainReport> {
  const findings: AuditFinding[] = [];
  const found = (kind: "changed" | "gap" | "head" | "cut" | "replaced", sequence: bigint) =>
    findings.push({ kind, chain, sequence: sequence.toString() });
  let [last, previous, count, isWhole] = [after.sequence, after.hash, 0, true];
  for await (const event of events) {
    count += 1;
    if (event.sequence !== last + 1n && isWhole) {
      found("gap", last + 1n);
      isWhole = false;
    }
    const follows = same(event.previousHash, previous) && same(hashEvent(event, previous, key), event.hash);
    if (!follows && isWhole) {
      found("changed", event.sequence);
      isWhole = false;
    }
    const asSealed = sealed.get(event.sequence);
    if (asSealed && !same(asSealed, event.hash)) found("replaced", event.sequence);
    [last, previous] = [event.sequence, event.hash];
  }
  // Events may have been added since the head was read, which is no fault; fewer than it says is one.
  if (head.sequence > last || (head.sequence === last && last > 0n && !same(head.hash, previous)))
    found("head", head.sequence);
  const furthest = [...sealed.keys()].reduce((most, sequence) => (sequence > most ? sequence : most), 0n);
  if (furthest > last) found("cut", furthest);
  return { events: count, findings };
}

/** What the seals say, taken together, and what is wrong with them. */
export async function verifySeals(
  seals: AsyncIterable<StoredSeal>,
  lines: readonly SealLine[],
  key: Uint8Array,
): Promise<{ seals: number; sealed: SealedEvents; findings: AuditFinding[] }> {
  const findings: AuditFinding[] = [];
  const sealed = new Map<number, Map<bigint, Uint8Array>>();
  const written = new Map(lines.map((line) => [line.sequence, line.root]));
  let [last, previous, count] = [0n, new Uint8Array() as Uint8Array, 0];
  for await (const { heads: json, ...seal } of seals) {
    count += 1;
    const sequence = seal.sequence.toString();
    if (seal.sequence !== last + 1n) findings.push({ kind: "seal_gap", sequence: (last + 1n).toString() });
    const heads = readHeads(json);
    const isAsWritten =
      heads && same(seal.previousRoot, previous) && same(hashSeal({ ...seal, heads }, key), seal.root);
    if (!isAsWritten) findings.push({ kind: "seal_changed", sequence });
    const root = written.get(sequence);
    if (root !== undefined && root !== Buffer.from(seal.root).toString("hex"))
      findings.push({ kind: "seal_differs", sequence });
    written.delete(sequence);
    for (const [chain, head] of heads ?? []) {
      const ofChain = sealed.get(chain) ?? new Map<bigint, Uint8Array>();
      sealed.set(chain, ofChain.set(head.sequence, head.hash));
    }
    [last, previous] = [seal.sequence, seal.root];
  }
  for (const sequence of written.keys()) findings.push({ kind: "seal_missing", sequence });
  return { seals: count, sealed, findings };
}
