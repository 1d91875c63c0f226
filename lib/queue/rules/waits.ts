/** What an expected wait is worked out from; minutes. */
export type WaitFacts = {
  /** How many are in front, whom somebody on duty could take. */
  ahead: number;
  /** Of each practitioner on duty who could take this person: in how many minutes they are free; 0 for at once. */
  freeIn: readonly number[];
  /** How long a visit of this kind lasts. */
  visitMinutes: number;
};

/**
 * About how many minutes somebody still waits: everybody in front takes the practitioner who is free first, for a visit's length.
 *
 * @returns whole minutes; nothing where nobody on duty could take them, for then nothing is known
 */
export function expectedWait({ ahead, freeIn, visitMinutes }: WaitFacts): number | undefined {
  if (freeIn.length === 0) return undefined;
  const free = freeIn.map((minutes) => Math.max(0, minutes));
  for (let n = 0; n <= ahead; n += 1) {
    const at = free.indexOf(Math.min(...free));
    if (n === ahead) return Math.ceil(free[at] ?? 0);
    free[at] = (free[at] ?? 0) + visitMinutes;
  }
  return undefined;
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
