import { compareWaiting, type Waiting } from "./order";
import { expectedWait, type SeatFacts } from "./waits";

type Taker = {
  languages: readonly string[];
  visitTypeIds: ReadonlySet<string>;
  freeInMinutes: number | undefined;
  /** How many guest seats a visit of theirs takes. */
  seats: number;
};
type Wish = Pick<Waiting, "visitTypeId" | "language">;

const couldTake = (taker: Taker, { visitTypeId, language }: Wish): boolean =>
  taker.visitTypeIds.has(visitTypeId) && (language === undefined || taker.languages.includes(language));

/**
 * Where somebody stands in a line, and about how long they still wait: whoever is in front of them takes the time only of those who could
 * see them.
 *
 * @param seats the clinic's guest seats, where it counts them
 * @returns the place, from 1; the wait in minutes, or nothing where nobody on duty is known to become free for them
 */
export function standingOf(
  line: readonly Waiting[],
  takers: readonly Taker[],
  entryId: string,
  visitMinutes: number,
  seats?: SeatFacts,
): { place: number; expectedMinutes: number | null; onDuty: number } {
  const ordered = [...line].sort(compareWaiting);
  const at = ordered.findIndex((entry) => entry.entryId === entryId);
  const own = ordered[at];
  if (!own) return { place: 0, expectedMinutes: null, onDuty: 0 };
  const { expectedMinutes, onDuty } = waitOf(ordered.slice(0, at), takers, own, visitMinutes, seats);
  return { place: at + 1, expectedMinutes, onDuty };
}

/** The same for somebody who would join at the end. */
export function waitOf(
  ahead: readonly Wish[],
  takers: readonly Taker[],
  wish: Wish,
  visitMinutes: number,
  seats?: SeatFacts,
): { expectedMinutes: number | null; onDuty: number } {
  const able = takers.filter((taker) => couldTake(taker, wish));
  const before = ahead.filter((entry) => able.some((taker) => couldTake(taker, entry)));
  const known = able.flatMap(({ freeInMinutes, seats: needed }) =>
    freeInMinutes === undefined ? [] : [{ freeIn: freeInMinutes, seats: needed }],
  );
  const expected = expectedWait({ ahead: before.length, takers: known, visitMinutes, seats });
  return { expectedMinutes: expected ?? null, onDuty: able.length };
}
