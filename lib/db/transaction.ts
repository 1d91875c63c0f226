import { setTimeout as delay } from "node:timers/promises";
import { RefusalError } from "@/lib/core/errors";
import { type Refusal, type Result, refuse } from "@/lib/core/result";
import { db, type Tx } from "./client";
import { databaseRefusal, isRetryable } from "./constraints";

const MAX_ATTEMPTS = 6;

type Constraints = Readonly<Record<string, string>>;
type Refused<C extends Constraints> = C[keyof C];

/**
 * Runs `body` in one transaction. A refusal that it returns rolls everything back and is returned; a constraint named
 * in `constraints` becomes its reason; 40001 and 40P01 are tried again, a bounded number of times. Anything else throws.
 *
 * @param constraints constraint name → reason, such as `{ slot_practitioner_excl: "slot_taken" }`
 * @param options.timeoutMs how long it may take, where that is longer than anybody who waits for an answer would wait
 */
export async function transaction<
  T,
  R extends string = never,
  const C extends Constraints = Record<never, never>,
>(
  body: (tx: Tx) => Promise<Result<T, R>>,
  constraints?: C,
  { timeoutMs }: { timeoutMs?: number } = {},
): Promise<Result<T, R | Refused<C>>> {
  const options = timeoutMs === undefined ? {} : { timeout: timeoutMs };
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db().$transaction(async (tx) => {
        const result = await body(tx as Tx);
        if (!result.ok) throw new RefusalError(result.reason);
        return result;
      }, options);
    } catch (error) {
      if (error instanceof RefusalError) return refuse(error.reason) as Refusal<R>;
      const constraint = databaseRefusal(error)?.constraint;
      if (constraint && constraints && Object.hasOwn(constraints, constraint)) {
        return refuse(constraints[constraint] as string) as Refusal<Refused<C>>;
      }
      if (attempt >= MAX_ATTEMPTS || !isRetryable(error)) throw error;
      await delay(Math.random() * 20 * 2 ** attempt);
    }
  }
}
