/** How many failures in a row mean that a server is down, and how long it is then left alone, in milliseconds. */
const FAILURES = 5;
const OPEN_MS = 10_000;

export type Breaker = {
  /** False while the server is left alone. After that time one request may try, and decides. */
  mayTry: (nowMs: number) => boolean;
  record: (worked: boolean, nowMs: number) => void;
};

/**
 * A circuit breaker: when TrueConf is down, people are told at once instead of after a timeout each, and the server is not
 * buried under requests when it comes back.
 */
export function createBreaker(): Breaker {
  let failures = 0;
  let openedAt = 0;
  let probing = false;
  return {
    mayTry(nowMs) {
      if (failures < FAILURES) return true;
      if (probing || nowMs - openedAt < OPEN_MS) return false;
      probing = true;
      return true;
    },
    record(worked, nowMs) {
      probing = false;
      failures = worked ? 0 : failures + 1;
      if (failures >= FAILURES) openedAt = nowMs;
    },
  };
}
