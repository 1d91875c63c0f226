import { describe, expect, it } from "vitest";
import type { Retry, TrueConfErrorKind } from "../errors";
import { type Repeat, repeatAfterMs } from "./retry";

const wait = (
  kind: TrueConfErrorKind,
  retry: Retry,
  asked: Partial<{ repeat: Repeat; attempt: number; elapsedMs: number; chance: number }> = {},
) =>
  repeatAfterMs(
    { kind, retry },
    {
      repeat: asked.repeat ?? "always",
      attempt: asked.attempt ?? 1,
      elapsedMs: asked.elapsedMs ?? 0,
      random: () => asked.chance ?? 0,
    },
  );

describe("a repeat", () => {
  it.each([
    [1, 0, 150],
    [1, 1, 300],
    [2, 0, 300],
    [2, 1, 600],
  ])("after attempt %i, at chance %d, comes %i ms later", (attempt, chance, expected) => {
    expect(wait("unreachable", "safe", { attempt, chance })).toBe(expected);
  });

  it("never comes for whoever asks again anyway", () => {
    expect(wait("unreachable", "safe", { repeat: "never" })).toBeUndefined();
  });

  it("comes twice at most", () => {
    expect(wait("unreachable", "safe", { attempt: 3 })).toBeUndefined();
  });

  it("does not begin when somebody has waited long enough", () => {
    expect(wait("timeout", "unclear", { elapsedMs: 7_850 })).toBe(150);
    expect(wait("timeout", "unclear", { elapsedMs: 7_851 })).toBeUndefined();
  });

  it.each(["unreachable", "timeout", "server_error", "malformed"] as const)(
    "of %s is for what may be done twice, or was not done at all",
    (kind) => {
      expect(wait(kind, "unclear", { repeat: "always" })).toBeDefined();
      expect(wait(kind, "unclear", { repeat: "undone" })).toBeUndefined();
      expect(wait(kind, "safe", { repeat: "undone" })).toBeDefined();
    },
  );

  it.each([
    "certificate",
    "unauthorized",
    "forbidden",
    "not_found",
    "conflict",
    "invalid",
    "limit",
    "circuit_open",
    "configuration",
  ] as const)("never comes of %s", (kind) => {
    for (const retry of ["safe", "unclear", "never"] as const) expect(wait(kind, retry)).toBeUndefined();
  });
});
