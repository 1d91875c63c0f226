import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canTake, compareIdle, compareWaiting, matchQueue, type OnDuty, type Waiting } from "./order";

const entry = (entryId: string, over: Partial<Waiting> = {}): Waiting => ({
  entryId,
  visitTypeId: "call",
  language: undefined,
  priority: 0,
  joinedAt: 0,
  notBy: new Set(),
  ...over,
});
const begins = (...types: string[]) => new Map(types.map((type) => [type, Infinity]));
const doctor = (practitionerId: string, over: Partial<OnDuty> = {}): OnDuty => ({
  practitionerId,
  languages: ["en"],
  canBegin: begins("call"),
  seats: 2,
  idleSince: 0,
  ...over,
});
const pairs = (waiting: Waiting[], onDuty: OnDuty[]) =>
  matchQueue(waiting, onDuty).map(({ entryId, practitionerId }) => `${entryId}→${practitionerId}`);

describe("who is offered to whom", () => {
  it("goes by when they came, and by who has been idle longest", () => {
    const waiting = [entry("b", { joinedAt: 2 }), entry("a", { joinedAt: 1 }), entry("c", { joinedAt: 3 })];
    const onDuty = [doctor("y", { idleSince: 20 }), doctor("x", { idleSince: 10 })];
    expect(pairs(waiting, onDuty)).toEqual(["a→x", "b→y"]);
  });

  it("lets somebody go first whom staff put first", () => {
    const waiting = [entry("a", { joinedAt: 1 }), entry("b", { joinedAt: 2, priority: 3 })];
    expect(pairs(waiting, [doctor("x")])).toEqual(["b→x"]);
  });

  it("keeps to languages, time and kinds of visits, and holds nobody up who can be taken", () => {
    const waiting = [
      entry("russian", { joinedAt: 1, language: "ru" }),
      entry("long", { joinedAt: 2, visitTypeId: "long" }),
      entry("any", { joinedAt: 3 }),
    ];
    expect(pairs(waiting, [doctor("x")])).toEqual(["any→x"]);
    expect(pairs(waiting, [doctor("x"), doctor("y", { languages: ["ru"], idleSince: 5 })])).toEqual([
      "russian→y",
      "any→x",
    ]);
  });

  it("asks nobody again at once for whom they let go", () => {
    const waiting = [entry("a", { notBy: new Set(["x"]) })];
    expect(pairs(waiting, [doctor("x")])).toEqual([]);
    expect(pairs(waiting, [doctor("x"), doctor("y")])).toEqual(["a→y"]);
  });

  it("rings nobody for guest seats that are taken, or for which somebody else is being rung", () => {
    const waiting = [entry("a", { joinedAt: 1 }), entry("b", { joinedAt: 2 }), entry("c", { joinedAt: 3 })];
    const canBegin = new Map([["call", 3]]);
    const guests = [doctor("x", { canBegin }), doctor("y", { canBegin, idleSince: 1 })];
    const account = doctor("z", { canBegin, idleSince: 2, seats: 1 });
    expect(pairs(waiting, guests)).toEqual(["a→x"]);
    expect(pairs(waiting, [...guests, account])).toEqual(["a→x", "b→z"]);
    expect(matchQueue(waiting, [...guests, account], 2)).toEqual([{ entryId: "a", practitionerId: "z" }]);
    expect(matchQueue(waiting, [...guests, account], 3)).toEqual([]);
  });

  it("offers nobody twice, nobody two, and leaves nobody out who could be first", () => {
    const languages = fc.constantFrom("en", "ru", "de");
    const waiting = fc.uniqueArray(
      fc.record({
        entryId: fc.string(),
        language: fc.option(languages, { nil: undefined }),
        priority: fc.nat(2),
        joinedAt: fc.nat(9),
      }),
      { selector: ({ entryId }) => entryId, maxLength: 12 },
    );
    const onDuty = fc.uniqueArray(
      fc.record({ practitionerId: fc.string(), languages: fc.uniqueArray(languages), idleSince: fc.nat(9) }),
      { selector: ({ practitionerId }) => practitionerId, maxLength: 6 },
    );
    fc.assert(
      fc.property(waiting, onDuty, (people, doctors) => {
        const line = people.map(({ entryId, ...rest }) => entry(entryId, rest)).sort(compareWaiting);
        const pool = doctors
          .map(({ practitionerId, ...rest }) => doctor(practitionerId, rest))
          .sort(compareIdle);
        const matches = matchQueue(line, pool);
        expect(new Set(matches.map(({ entryId }) => entryId)).size).toBe(matches.length);
        expect(new Set(matches.map(({ practitionerId }) => practitionerId)).size).toBe(matches.length);
        // Whoever is left over could be taken by nobody who is left over.
        const left = line.filter(({ entryId }) => !matches.some((match) => match.entryId === entryId));
        const free = pool.filter(
          ({ practitionerId }) => !matches.some((match) => match.practitionerId === practitionerId),
        );
        for (const one of left)
          for (const practitioner of free) expect(canTake(practitioner, one, 0)).toBe(false);
      }),
    );
  });
});
