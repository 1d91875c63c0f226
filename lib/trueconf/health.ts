import { trueconf } from "./client";
import type { TrueConfErrorKind } from "./errors";

const KEEP_MS = 10_000;
/** `clock_skew`: it answers, and its clock is notably off, by which it begins conferences. */
export type TrueConfHealth = "ok" | "clock_skew" | TrueConfErrorKind;

let last: { at: number; state: Promise<TrueConfHealth> } | undefined;

/**
 * Whether TrueConf answers, asked at most every ten seconds however often somebody looks. Known within two seconds, or seven where a
 * token has to be fetched first.
 *
 * @param nowMs epoch milliseconds
 */
export function trueconfHealth(nowMs: number): Promise<TrueConfHealth> {
  if (!last || nowMs - last.at > KEEP_MS) {
    const state = trueconf()
      .ping()
      .then((answer) => {
        if (!answer.ok) return answer.error.kind;
        return trueconf().clockSkewMs() === 0 ? "ok" : "clock_skew";
      });
    last = { at: nowMs, state };
  }
  return last.state;
}
