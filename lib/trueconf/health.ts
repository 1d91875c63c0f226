import { env } from "@/lib/core/env";
import { trueconf } from "./client";
import type { TrueConfErrorKind } from "./errors";

const KEEP_MS = 10_000;
let last: { at: number; state: Promise<"ok" | TrueConfErrorKind> } | undefined;

/** Whether TrueConf answers, asked at most every ten seconds however often somebody looks. */
export function trueconfHealth(nowMs: number): Promise<"ok" | TrueConfErrorKind> {
  if (!last || nowMs - last.at > KEEP_MS) {
    const state = trueconf()
      .getUser(env().TRUECONF_OWNER)
      .then((answer) => (answer.ok || answer.error.kind === "forbidden" ? "ok" : answer.error.kind));
    last = { at: nowMs, state };
  }
  return last.state;
}
