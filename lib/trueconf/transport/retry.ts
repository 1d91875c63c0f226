import type { TrueConfError, TrueConfErrorKind } from "../errors";

/** Which failures pass by themselves, so that the same request may work a moment later. */
const PASSING: ReadonlySet<TrueConfErrorKind> = new Set([
  "unreachable",
  "timeout",
  "server_error",
  "malformed",
]);

const MAX_ATTEMPTS = 3;
const BASE_DELAY_MS = 150;
/** No repeat begins later than this after the first attempt: somebody may be waiting. */
const BUDGET_MS = 8_000;

/**
 * `always`: twice is the same as once. `undone`: only where the server has not done it, since twice would be one too many. `never`:
 * whoever asks will ask again anyway.
 */
export type Repeat = "always" | "undone" | "never";

/**
 * How long to wait before the same request is sent again, in milliseconds, or `undefined` for not at all. The wait doubles each
 * time, and half of it is chance, so that many who failed together do not come back together.
 */
export function repeatAfterMs(
  error: TrueConfError,
  asked: { repeat: Repeat; attempt: number; elapsedMs: number; random: () => number },
): number | undefined {
  const { repeat, attempt, elapsedMs, random } = asked;
  if (repeat === "never" || !PASSING.has(error.kind) || attempt >= MAX_ATTEMPTS) return undefined;
  if (repeat === "undone" && error.retry !== "safe") return undefined;
  const delayMs = BASE_DELAY_MS * 2 ** attempt * (0.5 + random() / 2);
  return elapsedMs + delayMs <= BUDGET_MS ? delayMs : undefined;
}
