import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { slowlyComputeSlots } from "@/tests/support/slots-oracle";
import { FUZZ_SEED, slotsQuestion } from "@/tests/support/slots-questions";
import { computeSlots } from "./slots";

/*
 * The engine against its oracle, in each of the zones that the process is run in: this file runs once in each, see vitest.config.ts.
 */

const RUNS = 10_000;

const zoneOf = (timeZone?: string) => new Intl.DateTimeFormat("en", { timeZone }).resolvedOptions().timeZone;

describe("computeSlots and its oracle", () => {
  it("are asked in the zone that the process was given", () => {
    expect(process.env.TZ).toBeTruthy();
    expect(zoneOf()).toBe(zoneOf(process.env.TZ));
  });

  it(`agree on ${RUNS} questions around changes of the clock`, { timeout: 300_000 }, () => {
    let answered = 0;
    fc.assert(
      fc.property(slotsQuestion, (input) => {
        const expected = slowlyComputeSlots(input);
        if (expected.length > 0) answered += 1;
        expect(computeSlots(input)).toEqual(expected);
      }),
      { numRuns: RUNS, seed: FUZZ_SEED },
    );
    // Most random schedules have something to offer, or the comparison would say little.
    expect(answered).toBeGreaterThan(RUNS / 2);
  });
});
