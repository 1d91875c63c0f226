/** How many failures in a row mean that a server is down, and how long it is then left alone, in milliseconds. */
const FAILURES = 5;
const OPEN_MS = 10_000;

type State =
  | { is: "closed"; failures: number }
  | { is: "open"; until: number }
  /** One request is on its way to find out. */
  | { is: "trying" };

export type Breaker = {
  /** False while the server is left alone. After that time one request may try, and decides. */
  mayTry: (nowMs: number) => boolean;
  /** Call once for every request that was let through. */
  record: (worked: boolean, nowMs: number) => void;
};

/**
 * A circuit breaker: when TrueConf is down, people are told at once instead of after a timeout each, and the server is not
 * buried under requests when it comes back.
 */
export function createBreaker(): Breaker {
  let state: State = { is: "closed", failures: 0 };
  return {
    mayTry(nowMs) {
      if (state.is === "closed") return true;
      if (state.is === "trying" || nowMs < state.until) return false;
      state = { is: "trying" };
      return true;
    },
    record(worked, nowMs) {
      if (worked) state = { is: "closed", failures: 0 };
      else if (state.is === "trying") state = { is: "open", until: nowMs + OPEN_MS };
      else if (state.is === "closed") {
        const failures = state.failures + 1;
        state = failures < FAILURES ? { is: "closed", failures } : { is: "open", until: nowMs + OPEN_MS };
      }
      // Failures of requests that were on their way when it opened say nothing new, and must not keep it open longer.
    },
  };
}
