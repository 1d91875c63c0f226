import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { compareInstants } from "@/lib/time/instant";
import { PERIODS, RETENTION_KINDS } from "./constants";
import { cutoffOf, keepUntil, shortened } from "./rules";
import { storedRetentionSchema } from "./schema";

const STANDARD = storedRetentionSchema.parse({});
const at = (text: string) => Temporal.Instant.from(text);

describe("a period", () => {
  it.each([
    ["records", "2026-11-24T10:00:00Z", "2051-11-24T10:00:00Z"],
    // There is no 29 February in 2049.
    ["records", "2024-02-29T10:00:00Z", "2049-02-28T10:00:00Z"],
    ["mails", "2026-01-01T10:00:00Z", "2026-06-30T10:00:00Z"],
  ] as const)("of %s that began at %s ends at %s", (kind, since, until) => {
    expect(keepUntil(kind, at(since), STANDARD).toString()).toBe(until);
  });

  it("is never over for a sweep before it is over", () => {
    const hours = fc.integer({ min: -300_000, max: 300_000 });
    fc.assert(
      fc.property(hours, fc.constantFrom(...RETENTION_KINDS), (offset, kind) => {
        const now = at("2028-02-29T12:00:00Z").add({ hours: offset });
        const until = keepUntil(kind, cutoffOf(kind, now, STANDARD), STANDARD);
        return compareInstants(until, now) <= 0;
      }),
    );
  });

  it("has bounds that its standard keeps to", () => {
    for (const { min, standard, max } of Object.values(PERIODS)) {
      expect(min).toBeLessThanOrEqual(standard);
      expect(standard).toBeLessThanOrEqual(max);
    }
  });

  it("that somebody stored and that makes no sense is the standard", () => {
    expect(storedRetentionSchema.parse({ records: 1, mails: "x", sessions: 7 })).toEqual({
      ...STANDARD,
      sessions: 7,
    });
    expect(storedRetentionSchema.parse("nonsense")).toEqual(STANDARD);
  });

  it("is told apart from a longer one", () => {
    expect(shortened(STANDARD, { ...STANDARD, records: 10, mails: 400 })).toEqual(["records"]);
    expect(shortened(STANDARD, STANDARD)).toEqual([]);
  });
});
