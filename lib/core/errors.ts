/**
 * How `transaction` in `lib/db` rolls back when its body returns a refusal; it becomes a {@link Refusal} again before
 * anybody else sees it. Domain code returns refusals and never throws this.
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
