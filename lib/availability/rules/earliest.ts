/** Somebody whose first free time is wanted. */
export type Runner<T> = {
  who: T;
  /** Before whom this one comes where both are free at the same time: unique. */
  rank: number;
  /** Epoch milliseconds before which there is no free time, whatever is booked; `Infinity` where there is none at all. */
  bound: number;
};

/**
 * Finds who is free first without looking at everybody: claims only take times away, so nobody is free before the first time that
 * the schedule alone has. Whoever is looked at in the order of these bounds can stop the search as soon as enough are known to be
 * free no later than the next bound.
 */
export class EarliestFirst<T> {
  #waiting: Runner<T>[];
  readonly #wanted: number;
  /** The best so far, in order; never more than are wanted. */
  readonly #best: { who: T; rank: number; at: number }[] = [];

  constructor(runners: readonly Runner<T>[], wanted: number) {
    this.#waiting = runners
      .filter(({ bound }) => bound < Number.POSITIVE_INFINITY)
      .sort((a, b) => a.bound - b.bound || a.rank - b.rank);
    this.#wanted = wanted;
  }

  /** Those who may still come before one of the best, by their bounds. */
  get waiting(): readonly Runner<T>[] {
    const last = this.#best.length < this.#wanted ? undefined : this.#best.at(-1);
    if (!last) return this.#waiting;
    return this.#waiting.filter(
      ({ bound, rank }) => bound < last.at || (bound === last.at && rank < last.rank),
    );
  }

  /** The first free times known, in order. */
  get best(): readonly { who: T; at: number }[] {
    return this.#best;
  }

  /**
   * Looks at those who may be free before an instant. Whoever is not is asked again with a later one.
   *
   * @param firstFree the first free time before `to`, if there is one
   */
  lookUntil(to: number, firstFree: (who: T) => number | undefined): void {
    const later: Runner<T>[] = [];
    const waiting = this.#waiting;
    for (const [index, runner] of waiting.entries()) {
      if (runner.bound >= to || !this.#canWin(runner)) {
        later.push(...waiting.slice(index));
        break;
      }
      const at = firstFree(runner.who);
      if (at === undefined) later.push({ ...runner, bound: to });
      else this.#add({ who: runner.who, rank: runner.rank, at });
    }
    this.#waiting = later.sort((a, b) => a.bound - b.bound || a.rank - b.rank);
  }

  #canWin({ bound, rank }: Runner<T>): boolean {
    const last = this.#best.length < this.#wanted ? undefined : this.#best.at(-1);
    return !last || bound < last.at || (bound === last.at && rank < last.rank);
  }

  #add(found: { who: T; rank: number; at: number }): void {
    const before = this.#best.findIndex(
      ({ at, rank }) => found.at < at || (found.at === at && found.rank < rank),
    );
    this.#best.splice(before === -1 ? this.#best.length : before, 0, found);
    if (this.#best.length > this.#wanted) this.#best.pop();
  }
}
