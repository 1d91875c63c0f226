import type { Logger } from "@/lib/core/logger";

/** From here on a server's clock is said to be wrong: conferences begin by it, and so does the log of who was there. */
export const NOTABLE_SKEW_MS = 5_000;

/** It is said again after this long. */
const SAY_EVERY_MS = 60 * 60_000;

/** An answer's `Date` says whole seconds, the begun one cut off. */
const DATE_STEP_MS = 1_000;

type Exchange = {
  /** The answer's `Date` header. */
  date: string | undefined;
  /** Epoch milliseconds by our own clock. */
  sentAt: number;
  receivedAt: number;
};

/**
 * How far the server's clock is certainly off, from one answer: it was written between our sending and our receiving, so whatever lies
 * in between proves nothing. Positive when ahead.
 *
 * @returns milliseconds; nothing for an answer without a date
 */
export function skewOf({ date, sentAt, receivedAt }: Exchange): number | undefined {
  const said = date === undefined ? Number.NaN : Date.parse(date);
  if (Number.isNaN(said)) return undefined;
  if (said > receivedAt) return said - receivedAt;
  const latest = said + DATE_STEP_MS;
  return latest < sentAt ? latest - sentAt : 0;
}

export type SkewMeter = ReturnType<typeof createSkewMeter>;

/** Remembers what the last answer showed, and says so in the log, now and then, while the clock is notably off. */
export function createSkewMeter(log: Pick<Logger, "warn"> | undefined) {
  let last = 0;
  let saidAt: number | undefined;
  return {
    note(exchange: Exchange): void {
      const skew = skewOf(exchange);
      if (skew === undefined) return;
      last = skew;
      if (Math.abs(skew) < NOTABLE_SKEW_MS) saidAt = undefined;
      else if (saidAt === undefined || exchange.receivedAt - saidAt >= SAY_EVERY_MS) {
        saidAt = exchange.receivedAt;
        log?.warn({ skewSeconds: Math.round(skew / 1000) }, "trueconf: the server's clock is off");
      }
    },
    /** Milliseconds by which it is notably off, positive when ahead; zero where it is not, or nothing was answered so far. */
    notableMs: (): number => (Math.abs(last) < NOTABLE_SKEW_MS ? 0 : last),
  };
}
