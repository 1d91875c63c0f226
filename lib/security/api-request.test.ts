import { describe, expect, it } from "vitest";
import { bearerOf, tooManyJson } from "./api-request";

describe("whoever asks too often", () => {
  it("is told after how many whole seconds the next try counts, and no cache keeps it", async () => {
    const answer = tooManyJson(12.2);
    expect(answer.status).toBe(429);
    expect(answer.headers.get("Retry-After")).toBe("13");
    expect(answer.headers.get("Cache-Control")).toContain("no-store");
    expect(await answer.json()).toEqual({ reason: "too_many_attempts" });
  });
});

describe("a bearer's token", () => {
  const of = (authorization?: string) => bearerOf(new Headers(authorization ? { authorization } : {}));

  it("is what stands behind the word, and nothing else", () => {
    expect(of("Bearer abc-DEF_1")).toBe("abc-DEF_1");
    expect(of("bearer abc")).toBe("abc");
    for (const other of ["Basic abc", "Bearer", "Bearer a b", "Bearer ", "a Bearer b"])
      expect(of(other), other).toBe("");
    expect(of()).toBeUndefined();
  });

  it("is never longer than a token", () => {
    expect(of(`Bearer ${"a".repeat(5_000)}`)).toHaveLength(100);
  });
});
