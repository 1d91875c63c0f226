import { trueconf } from "./client";
import type { TrueConfErrorKind } from "./errors";

const KEEP_MS = 10_000;
let last: { at: number; state: Promise<"ok" | TrueConfErrorKind> } | undefined;

/**
 * Whether TrueConf answers, asked at most every ten seconds however often somebody looks. Known within two seconds, or seven where a
 * token has to be fetched first.
 *
 * @param nowMs epoch milliseconds
 */
export function trueconfHealth(nowMs: number): Promise<"ok" | TrueConfErrorKind> {
  if (!last || nowMs - last.at > KEEP_MS) {
    const state = trueconf()
      .ping()
      .then((answer) => (answer.ok ? "ok" : answer.error.kind));
    last = { at: nowMs, state };
  }
  return last.state;
}
