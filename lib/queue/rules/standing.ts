import { compareWaiting, type Waiting } from "./order";
import { expectedWait } from "./waits";

type Taker = {
  languages: readonly string[];
  visitTypeIds: ReadonlySet<string>;
  freeInMinutes: number | undefined;
};
type Wish = Pick<Waiting, "visitTypeId" | "language">;

const couldTake = (taker: Taker, { visitTypeId, language }: Wish): boolean =>
  taker.visitTypeIds.has(visitTypeId) && (language === undefined || taker.languages.includes(language));

/**
 * Where somebody stands in a line, and about how long they still wait: whoever is in front of them takes the time only of those who could
 * see them.
 *
 * @returns the place, from 1; the wait in minutes, or nothing where nobody on duty is known to become free for them
 */
export function standingOf(
  line: readonly Waiting[],
  takers: readonly Taker[],
  entryId: string,
  visitMinutes: number,
): { place: number; expectedMinutes: number | null; onDuty: number } {
  const ordered = [...line].sort(compareWaiting);
  const at = ordered.findIndex((entry) => entry.entryId === entryId);
  const own = ordered[at];
  if (!own) return { place: 0, expectedMinutes: null, onDuty: 0 };
  const { expectedMinutes, onDuty } = waitOf(ordered.slice(0, at), takers, own, visitMinutes);
  return { place: at + 1, expectedMinutes, onDuty };
}

/** The same for somebody who would join at the end. */
export function waitOf(
  ahead: readonly Wish[],
  takers: readonly Taker[],
  wish: Wish,
  visitMinutes: number,
): { expectedMinutes: number | null; onDuty: number } {
  const able = takers.filter((taker) => couldTake(taker, wish));
  const before = ahead.filter((entry) => able.some((taker) => couldTake(taker, entry)));
  const freeIn = able.flatMap(({ freeInMinutes }) => (freeInMinutes === undefined ? [] : [freeInMinutes]));
  const expected = expectedWait({ ahead: before.length, freeIn, visitMinutes });
  return { expectedMinutes: expected ?? null, onDuty: able.length };
}
