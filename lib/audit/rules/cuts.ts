import type { Temporal } from "temporal-polyfill";
import { compareInstants, toInstant } from "@/lib/time/instant";
import { CLOCKS_DIFFER_HOURS, LEAST_KEPT_YEARS } from "../constants";
import type { AuditFinding, ChainBeginnings } from "../types";
import { type Hashed, hashEvent, type SealedHead, same } from "./hash";

/** An event that says where chains begin from then on. */
export type Cut = { chain: number; sequence: bigint; occurredAt: Date; beginnings: ChainBeginnings };

/** `<chain>:<first that is left>`, for each chain that was ever cut. */
export const writeBeginnings = (beginnings: ChainBeginnings): string[] =>
  [...beginnings].sort(([a], [b]) => a - b).map((one) => one.join(":"));

/** What {@link writeBeginnings} wrote; `undefined` for anything else. */
function readBeginnings(details: unknown): ChainBeginnings | undefined {
  const { begins } = (details ?? {}) as { begins?: unknown };
  if (!Array.isArray(begins)) return undefined;
  const beginnings = new Map<number, bigint>();
  for (const one of begins) {
    const [, chain, sequence] = /^(\d{1,2}):(\d{1,18})$/.exec(String(one)) ?? [];
    if (!chain || !sequence) return undefined;
    beginnings.set(Number(chain), BigInt(sequence));
  }
  return beginnings;
}

/**
 * What a cut says; nothing where it was not written with the key. The portal's own role can add such a row, which breaks its chain, and
 * must win nothing by it until somebody looks.
 */
export function readCut(
  event: Hashed & { previousHash: Uint8Array; hash: Uint8Array },
  key: Uint8Array,
): Cut | undefined {
  if (!same(hashEvent(event, event.previousHash, key), event.hash)) return undefined;
  const beginnings = readBeginnings(event.details);
  const { chain, sequence, occurredAt } = event;
  return beginnings && { chain, sequence, occurredAt, beginnings };
}

/** Where chains begin, as the last cut says. */
export const beginningsOf = (cuts: readonly Cut[]): ChainBeginnings => cuts.at(-1)?.beginnings ?? new Map();

/** What was sealed until then could be cut off at that moment, however short a period the clinic had set. */
const lastToGo = (cutAt: Temporal.Instant): Temporal.Instant =>
  cutAt.toZonedDateTimeISO("UTC").subtract({ years: LEAST_KEPT_YEARS }).toInstant();

const earlier = (one: Temporal.Instant, other: Temporal.Instant): Temporal.Instant =>
  compareInstants(one, other) <= 0 ? one : other;

/**
 * Compares what cuts say with the seals: for every beginning there is a seal that ends before it, and which was old enough when the first
 * cut said it. Later cuts only repeat it. Whoever has the key can write a cut, with any date, and not when the seals were made: so no cut
 * counts as later than the seal that has it, nor than now, as far as clocks agree.
 *
 * @param cuts in the order of their chain
 */
export function followCuts(
  cuts: readonly Cut[],
  now: Temporal.Instant,
): {
  upTo: (chain: number, head: SealedHead, sealedAt: Date) => void;
  end: () => AuditFinding[];
} {
  const latestOf = (cut: Cut, seen: Temporal.Instant) =>
    earlier(toInstant(cut.occurredAt), seen.add({ hours: CLOCKS_DIFFER_HOURS }));
  const said = cuts.map((cut) => ({ cut, at: latestOf(cut, now) }));
  let unsealed = 0;
  /** The first cut with each beginning, and the first seal that ends before that. */
  const claims = new Map<string, { by: (typeof said)[number]; sealedAt?: Temporal.Instant }>();
  for (const by of said)
    for (const [chain, first] of by.cut.beginnings) {
      const name = `${chain}:${first - 1n}`;
      if (!claims.has(name)) claims.set(name, { by });
    }
  return {
    upTo: (chain, { sequence }, date) => {
      for (let one = said[unsealed]; one?.cut.chain === chain && one.cut.sequence <= sequence; ) {
        one.at = earlier(one.at, latestOf(one.cut, toInstant(date)));
        unsealed += 1;
        one = said[unsealed];
      }
      const claim = claims.get(`${chain}:${sequence}`);
      if (claim) claim.sealedAt ??= toInstant(date);
    },
    end: () => {
      const unfounded = new Set(
        [...claims.values()]
          .filter(({ by, sealedAt }) => !sealedAt || compareInstants(sealedAt, lastToGo(by.at)) > 0)
          .map(({ by }) => by),
      );
      return [...unfounded].map(({ cut: { chain, sequence } }) => ({
        kind: "unfounded",
        chain,
        sequence: sequence.toString(),
      }));
    },
  };
}
