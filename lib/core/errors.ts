/**
 * Thrown inside a transaction to roll it back and be returned as a {@link Refusal} by `transaction` in `lib/db`.
 * Nothing else may catch it: a refusal that is known before anything was written is returned, not thrown.
 */
export class RefusalError<R extends string = string> extends Error {
  constructor(readonly reason: R) {
    super(`refused: ${reason}`);
    this.name = "RefusalError";
  }
}

/** An impossible state: a bug or a breach. Reaches the one handler that logs it under an event id. */
export class InvariantError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "InvariantError";
  }
}

/** Makes a `switch` exhaustive: the compiler refuses the call when a case is missing. */
export function assertNever(value: never): never {
  throw new InvariantError(`unhandled case: ${JSON.stringify(value)}`);
}
