import { describe, expect, it } from "vitest";
import { createBreaker } from "./breaker";

const failing = (times: number) => {
  const breaker = createBreaker();
  for (let n = 0; n < times; n += 1) breaker.record(false, 0);
  return breaker;
};

describe("the circuit breaker", () => {
  it("lets requests through while failures are few or broken by a success", () => {
    const breaker = failing(4);
    expect(breaker.mayTry(0)).toBe(true);
    breaker.record(true, 0);
    breaker.record(false, 0);
    expect(breaker.mayTry(0)).toBe(true);
  });

  it("leaves a failing server alone, then lets one request try", () => {
    const breaker = failing(5);
    expect(breaker.mayTry(9_999)).toBe(false);
    expect(breaker.mayTry(10_000)).toBe(true);
    expect(breaker.mayTry(10_000)).toBe(false);
  });

  it("closes when the trial works and waits again when it fails", () => {
    const good = failing(5);
    good.mayTry(10_000);
    good.record(true, 10_000);
    expect(good.mayTry(10_001)).toBe(true);

    const bad = failing(5);
    bad.mayTry(10_000);
    bad.record(false, 10_000);
    expect(bad.mayTry(19_999)).toBe(false);
    expect(bad.mayTry(20_000)).toBe(true);
  });

  it("is not kept open by requests that were on their way when it opened", () => {
    const breaker = failing(5);
    breaker.record(false, 9_000);
    expect(breaker.mayTry(10_000)).toBe(true);
  });

  it("closes at once when one of them brings an answer", () => {
    const breaker = failing(5);
    breaker.record(true, 1);
    expect(breaker.mayTry(1)).toBe(true);
  });
});
