/** A refusal that the caller expected and the screen has words for. `reason` is a literal, never a sentence. */
export type Refusal<R extends string> = { ok: false; reason: R };

/** The answer of everything that can be refused: breaches of an invariant throw instead. */
export type Result<T, R extends string = never> = { ok: true; value: T } | Refusal<R>;

export function ok(): { ok: true; value: undefined };
export function ok<T>(value: T): { ok: true; value: T };
export function ok<T>(value?: T) {
  return { ok: true as const, value };
}

export const refuse = <const R extends string>(reason: R): Refusal<R> => ({ ok: false, reason });
