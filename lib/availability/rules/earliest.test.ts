import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EarliestFirst } from "./earliest";

/** When somebody is free in truth, and by the schedule alone: never later. */
type Person = { free: number | undefined; bound: number };

const person = fc.record({
  bound: fc.oneof(fc.integer({ min: 0, max: 60 }), fc.constant(Number.POSITIVE_INFINITY)),
  delay: fc.option(fc.integer({ min: 0, max: 30 }), { nil: undefined }),
});
const people = fc.array(person, { maxLength: 40 }).map((all): Person[] =>
  all.map(({ bound, delay }) => ({
    bound,
    free: delay === undefined || bound === Number.POSITIVE_INFINITY ? undefined : bound + delay,
  })),
);

/** Looks in windows that begin with the first bound, as a search does. */
function race(all: readonly Person[], wanted: number, windows: readonly number[]) {
  const looked = new Set<number>();
  const race = new EarliestFirst(
    all.map(({ bound }, index) => ({ who: index, rank: index, bound })),
    wanted,
  );
  for (const length of windows) {
    const from = race.waiting[0]?.bound;
    if (from === undefined) break;
    const to = from + length;
    race.lookUntil(to, (who) => {
      looked.add(who);
      const free = all[who]?.free;
      return free !== undefined && free < to ? free : undefined;
    });
  }
  return { found: race.best.map(({ who }) => who), looked };
}

describe("who is free first", () => {
  it("is right over everybody, whatever the windows", () => {
    const windows = fc
      .array(fc.integer({ min: 1, max: 20 }), { maxLength: 3 })
      .map((some) => [...some, Number.POSITIVE_INFINITY]);
    fc.assert(
      fc.property(people, fc.integer({ min: 1, max: 10 }), windows, (all, wanted, lengths) => {
        const expected = all
          .flatMap(({ free }, who) => (free === undefined ? [] : [{ who, free }]))
          .sort((a, b) => a.free - b.free || a.who - b.who)
          .slice(0, wanted)
          .map(({ who }) => who);
        expect(race(all, wanted, lengths).found).toEqual(expected);
      }),
      { numRuns: 2000 },
    );
  });

  it("is known without looking at those who cannot be first", () => {
    const all = Array.from({ length: 1000 }, () => ({ bound: 5, free: 5 }));
    expect(race(all, 20, [10]).looked.size).toBe(20);
  });
});
