import { createHmac, timingSafeEqual } from "node:crypto";

export const CHAINS = 64;

/** What a hash covers, in this order. A new field means a new version at the front. */
export type Hashed = {
  id: string;
  chain: number;
  sequence: bigint;
  occurredAt: Date;
  action: string;
  outcome: string;
  actorKind: string;
  actorPseudonym: string | null;
  subjectPseudonym: string | null;
  entityType: string | null;
  entityId: string | null;
  address: string | null;
  details: unknown;
};

/** The chain of a subject: spread evenly, and always the same, so that one record's history is one sequence. */
export function chainOf(subject: string | undefined, key: Uint8Array): number {
  const digest = createHmac("sha256", key)
    .update(`chain:${subject ?? "none"}`)
    .digest();
  return digest.readUInt8(0) % CHAINS;
}

/** JSON with sorted keys, since the database gives an object's keys back in an order of its own. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value !== null && typeof value === "object") {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(",")}}`;
  }
  return JSON.stringify(value) ?? "null";
}

/** Where a chain stood when it was sealed. */
export type SealedHead = { sequence: bigint; hash: Uint8Array };
/** The chains that had grown since the seal before, by number. */
export type SealedHeads = ReadonlyMap<number, SealedHead>;

export type Sealed = { sequence: bigint; sealedAt: Date; heads: SealedHeads; previousRoot: Uint8Array };

/** Heads as the database keeps them, in the order of the chains. */
export const writeHeads = (heads: SealedHeads): Record<string, [string, string]> =>
  Object.fromEntries(
    [...heads]
      .sort(([a], [b]) => a - b)
      .map(([chain, { sequence, hash }]) => [String(chain), [sequence.toString(), toHex(hash)]]),
  );

/** What {@link writeHeads} wrote; `undefined` for anything else, as after somebody has changed it. */
export function readHeads(json: unknown): SealedHeads | undefined {
  if (json === null || typeof json !== "object") return undefined;
  const heads = new Map<number, SealedHead>();
  for (const [chain, head] of Object.entries(json)) {
    const [sequence, hash] = Array.isArray(head) ? head : [];
    if (!/^\d{1,2}$/.test(chain) || !/^\d{1,18}$/.test(sequence) || !/^([0-9a-f]{2})+$/.test(hash))
      return undefined;
    heads.set(Number(chain), { sequence: BigInt(sequence), hash: Buffer.from(hash, "hex") });
  }
  return heads;
}

/** Whether two hashes are the same one. */
export const same = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && timingSafeEqual(a, b);

const toHex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

/** The keyed root of one seal over its predecessor's. */
export function hashSeal(
  { sequence, sealedAt, heads, previousRoot }: Sealed,
  key: Uint8Array,
): Uint8Array<ArrayBuffer> {
  const text = canonical(["seal", 1, sequence.toString(), sealedAt.toISOString(), writeHeads(heads)]);
  return new Uint8Array(createHmac("sha256", key).update(previousRoot).update(text).digest());
}

/** The keyed hash of one event over its predecessor's: changing, dropping or reordering a row breaks every later one. */
export function hashEvent(event: Hashed, previousHash: Uint8Array, key: Uint8Array): Uint8Array<ArrayBuffer> {
  const text = canonical([
    1,
    event.id,
    event.chain,
    event.sequence.toString(),
    event.occurredAt.toISOString(),
    event.action,
    event.outcome,
    event.actorKind,
    event.actorPseudonym,
    event.subjectPseudonym,
    event.entityType,
    event.entityId,
    event.address,
    event.details,
  ]);
  return new Uint8Array(createHmac("sha256", key).update(previousHash).update(text).digest());
}
