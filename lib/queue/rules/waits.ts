import { peakSeats, type SeatClaim } from "@/lib/availability/rules/seats";

/** The clinic's guest seats, where it counts them; times in minutes from now. A claim whose end nobody knows has an infinite one. */
export type SeatFacts = { limit: number; claims: readonly SeatClaim[] };

/** What an expected wait is worked out from; minutes. */
export type WaitFacts = {
  /** How many are in front, whom somebody on duty could take. */
  ahead: number;
  /** Each practitioner on duty who could take this person: in how many minutes they are free, 0 for at once; the guest seats of their visits. */
  takers: readonly { freeIn: number; seats: number }[];
  /** How long a visit of this kind lasts. */
  visitMinutes: number;
  seats?: SeatFacts | undefined;
};

/**
 * About how many minutes somebody still waits: everybody in front takes the practitioner who can begin first, for a visit's length. Somebody
 * who is free begins nothing as long as the guest seats for it are taken.
 *
 * @returns whole minutes; nothing where nobody on duty could take them, or no seat is known to come free, for then nothing is known
 */
export function expectedWait({ ahead, takers, visitMinutes, seats }: WaitFacts): number | undefined {
  const free = takers.map(({ freeIn }) => Math.max(0, freeIn));
  const claims = [...(seats?.claims ?? [])];
  for (let n = 0; n <= ahead; n += 1) {
    const starts = takers.map((taker, at) =>
      seatedFrom(free[at] ?? 0, taker.seats, visitMinutes, seats && { ...seats, claims }),
    );
    const start = Math.min(...starts);
    if (!Number.isFinite(start)) return undefined;
    if (n === ahead) return Math.ceil(start);
    const at = starts.indexOf(start);
    const end = start + visitMinutes;
    free[at] = end;
    claims.push({ start, end, seats: takers[at]?.seats ?? 0 });
  }
  return undefined;
}

/** From when on there are seats for a whole visit, not before a moment; infinitely late where none is known to come free. */
function seatedFrom(
  from: number,
  needed: number,
  visitMinutes: number,
  seats: SeatFacts | undefined,
): number {
  if (!seats) return from;
  const { limit, claims } = seats;
  const moments = [from, ...claims.map(({ end }) => end).filter((end) => end > from)];
  return (
    moments
      .filter(Number.isFinite)
      .sort((a, b) => a - b)
      .find((at) => peakSeats(claims, { start: at, end: at + visitMinutes }) + needed <= limit) ??
    Number.POSITIVE_INFINITY
  );
}

/**
 * In how many minutes a practitioner can begin a visit of some length: where the first gap between their claims is that has room for it.
 *
 * @param claims half-open, in epoch milliseconds, in any order
 * @returns minutes, not rounded; 0 for at once
 */
export function freeInMinutes(
  claims: readonly { start: number; end: number }[],
  now: number,
  neededMinutes: number,
): number {
  let free = now;
  for (const { start, end } of [...claims].sort((a, b) => a.start - b.start)) {
    if (start - free >= neededMinutes * 60_000) break;
    free = Math.max(free, end);
  }
  return (free - now) / 60_000;
}
