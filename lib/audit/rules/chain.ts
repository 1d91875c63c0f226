import type { AuditFinding } from "../types";
import { type Hashed, hashEvent, type SealedHead, same } from "./hash";

type StoredEvent = Hashed & { previousHash: Uint8Array; hash: Uint8Array };

/** What one chain holds and what is wrong with it; the first break is told, since everything after it breaks as well. */
type ChainReport = { events: number; findings: AuditFinding[] };

/** A chain that is followed: up to where a seal has it, again and again, and at last to its end. */
type FollowedChain = { upTo: (sealed: SealedHead) => Promise<void>; end: () => Promise<ChainReport> };

/**
 * Follows one chain from its beginning: every event as it was written, each after the one before, none missing, none gone from the end
 * that its head or a seal knows of, and none left without a seal. Only what is read at once is in memory.
 *
 * @param read the chain's events after one of them, in order
 * @param head where the chain says that it ends
 * @param beginning the first event that is left where those before were kept long enough and removed. The event before is known by its
 *   seal; where none has it, nothing may be missing there, and whatever is, is a gap
 * @param late what happened before this moment must be sealed
 */
export function followChain(
  chain: number,
  {
    read,
    head = { sequence: 0n, hash: new Uint8Array() },
    beginning = 1n,
    key,
    late,
  }: {
    read: (after: bigint) => AsyncGenerator<StoredEvent>;
    head?: SealedHead | undefined;
    beginning?: bigint | undefined;
    key: Uint8Array;
    late: Date;
  },
): FollowedChain {
  const findings: AuditFinding[] = [];
  const found = (kind: "changed" | "gap" | "head" | "cut" | "replaced" | "unsealed", sequence: bigint) =>
    findings.push({ kind, chain, sequence: sequence.toString() });
  let [last, previous, count, isWhole] = [0n, new Uint8Array() as Uint8Array, 0, true];
  let furthestSealed = 0n;
  let events: AsyncGenerator<StoredEvent> | undefined;

  /** The next event, looked at; nothing where there is none, or none yet. */
  async function next(): Promise<StoredEvent | undefined> {
    events ??= read(last);
    const { value: event } = await events.next();
    if (!event) {
      // Read anew by a seal of what was written meanwhile.
      events = undefined;
      return undefined;
    }
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
    [last, previous] = [event.sequence, event.hash];
    return event;
  }

  return {
    upTo: async ({ sequence, hash }) => {
      if (count === 0 && last === 0n) {
        if (sequence < beginning - 1n) return;
        if (sequence === beginning - 1n) [last, previous] = [sequence, hash];
      }
      if (sequence > furthestSealed) furthestSealed = sequence;
      while (last < sequence && (await next()));
      if (last === sequence && !same(previous, hash)) found("replaced", sequence);
    },
    end: async () => {
      let isSealed = true;
      for (let event = await next(); event; event = await next()) {
        if (isSealed && event.sequence > furthestSealed && event.occurredAt < late) {
          found("unsealed", event.sequence);
          isSealed = false;
        }
      }
      // Events may have been added since the head was read, which is no fault; fewer than it says is one.
      if (head.sequence > last || (head.sequence === last && last > 0n && !same(head.hash, previous)))
        found("head", head.sequence);
      if (furthestSealed > last) found("cut", furthestSealed);
      return { events: count, findings };
    },
  };
}
