import type { AuditFinding, SealLine } from "../types";

type StoredSeal = { sequence: bigint; sealedAt: Date; root: Uint8Array };

/** The file of seals, compared with those of the database as they come. */
export type FollowedFile = {
  upTo: (seal: StoredSeal) => Promise<void>;
  end: () => Promise<{ lines: number; findings: AuditFinding[] }>;
};

/**
 * Compares the file of seals, line by line, with the seals of the database: the same in both, and none in one alone. Workers that share a
 * file may each have written a seal, so that lines come twice and late.
 *
 * @param lines in the order of the file
 * @param rootOf the root of one of the database's seals, for lines that are out of turn
 * @param late what was sealed before this moment must be in the file
 */
export function followFile(
  lines: AsyncIterable<SealLine>,
  rootOf: (sequence: bigint) => Promise<Uint8Array | undefined>,
  late: Date,
): FollowedFile {
  const findings: AuditFinding[] = [];
  const iterator = lines[Symbol.asyncIterator]();
  const missing = new Set<string>();
  let unwritten: { kind: "seal_unwritten"; sequence: string; until: string } | undefined;
  let count = 0;
  let line: SealLine | undefined;
  let isBegun = false;

  async function next(): Promise<void> {
    const { value, done } = await iterator.next();
    line = done ? undefined : value;
    if (line) count += 1;
  }

  function compare({ sequence, root }: SealLine, stored: Uint8Array): void {
    if (root !== Buffer.from(stored).toString("hex")) findings.push({ kind: "seal_differs", sequence });
  }

  async function compareOutOfTurn(one: SealLine): Promise<void> {
    const stored = await rootOf(BigInt(one.sequence));
    if (stored) return compare(one, stored);
    if (!missing.has(one.sequence)) findings.push({ kind: "seal_missing", sequence: one.sequence });
    missing.add(one.sequence);
  }

  function noteUnwritten({ sequence }: StoredSeal): void {
    if (unwritten && BigInt(unwritten.until) + 1n === sequence) unwritten.until = sequence.toString();
    else {
      unwritten = { kind: "seal_unwritten", sequence: sequence.toString(), until: sequence.toString() };
      findings.push(unwritten);
    }
  }

  return {
    upTo: async (seal) => {
      if (!isBegun) await next();
      isBegun = true;
      for (; line && BigInt(line.sequence) < seal.sequence; await next()) await compareOutOfTurn(line);
      if (line && BigInt(line.sequence) === seal.sequence) {
        compare(line, seal.root);
        await next();
      } else if (seal.sealedAt < late) noteUnwritten(seal);
    },
    end: async () => {
      if (!isBegun) await next();
      for (; line; await next()) await compareOutOfTurn(line);
      return { lines: count, findings };
    },
  };
}
