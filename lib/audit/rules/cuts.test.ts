import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { type Cut, followCuts, readCut } from "./cuts";
import { type Hashed, hashEvent } from "./hash";

const key = new Uint8Array(32).fill(7);
const cutAt = (year: number, sequence: bigint): Cut => ({
  chain: 1,
  sequence,
  occurredAt: new Date(`${year}-11-23T09:00:00.000Z`),
  beginnings: new Map([[5, 4n]]),
});
const cut = cutAt(2026, 8n);
const unfounded = [{ kind: "unfounded", chain: 1, sequence: "8" }];

/** What is found of cuts where seals of chain 5 end at these events at these times. */
function follow(cuts: readonly Cut[], ...seals: readonly (readonly [bigint, string])[]) {
  const followed = followCuts(cuts, Temporal.Instant.from("2036-12-01T00:00:00Z"));
  for (const [sequence, at] of seals) followed.upTo(5, { sequence, hash: new Uint8Array() }, new Date(at));
  return followed.end();
}

describe("what was said about beginnings", () => {
  it("is borne out by a seal that ends before and was three years old, to the millisecond", () => {
    expect(follow([cut], [3n, "2023-11-23T09:00:00.000Z"])).toEqual([]);
    expect(follow([cut], [3n, "2023-11-23T09:00:00.001Z"])).toEqual(unfounded);
  });

  it("is not borne out by a seal that ends elsewhere, nor by none", () => {
    expect(follow([cut], [2n, "2020-01-01T00:00:00Z"], [4n, "2020-01-02T00:00:00Z"])).toEqual(unfounded);
    expect(follow([cut])).toEqual(unfounded);
  });

  it("is measured by the first seal that ends there, and by whoever said it first", () => {
    const seals = [
      [3n, "2020-01-01T00:00:00Z"],
      [3n, "2026-01-01T00:00:00Z"],
    ] as const;
    expect(follow([cut], ...seals)).toEqual([]);
    expect(follow([cut], ...seals.toReversed())).toEqual(unfounded);
    expect(follow([cut, cutAt(2036, 9n)], [3n, "2026-01-01T00:00:00Z"])).toEqual(unfounded);
  });

  it("is no later than the seal that has it, or than now, whatever date it bears", () => {
    const dated = cutAt(2126, 8n);
    const followUntil = (now: string, ...sealed: string[]) => {
      const followed = followCuts([dated], Temporal.Instant.from(now));
      followed.upTo(5, { sequence: 3n, hash: new Uint8Array() }, new Date("2026-01-01T00:00:00Z"));
      for (const at of sealed) followed.upTo(1, { sequence: 8n, hash: new Uint8Array() }, new Date(at));
      return followed.end();
    };
    expect(followUntil("2026-02-01T00:00:00Z")).toEqual(unfounded);
    expect(followUntil("2036-01-01T00:00:00Z")).toEqual([]);
    expect(followUntil("2036-01-01T00:00:00Z", "2026-02-01T00:00:00Z")).toEqual(unfounded);
    expect(followUntil("2036-01-01T00:00:00Z", "2035-01-01T00:00:00Z", "2026-02-01T00:00:00Z")).toEqual([]);
  });

  it("is read where it was written with the key and makes sense, and nowhere else", () => {
    const event = (begins: unknown): Hashed => ({
      id: "0199aaaa-0000-7000-8000-000000000001",
      ...cut,
      action: "audit.cut",
      outcome: "success",
      actorKind: "system",
      actorPseudonym: null,
      subjectPseudonym: null,
      entityType: null,
      entityId: null,
      address: null,
      details: { begins },
    });
    const previousHash = new Uint8Array(32);
    const written = (begins: unknown) => ({
      ...event(begins),
      previousHash,
      hash: hashEvent(event(begins), previousHash, key),
    });
    expect(readCut(written(["5:4"]), key)).toEqual(cut);
    expect(readCut(written(["5:4"]), new Uint8Array(32))).toBeUndefined();
    expect(readCut({ ...written(["5:4"]), details: { begins: ["5:9"] } }, key)).toBeUndefined();
    for (const begins of [undefined, "5:4", ["5"], ["5:x"], [null]])
      expect(readCut(written(begins), key)).toBeUndefined();
  });
});
