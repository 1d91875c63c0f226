import { describe, expect, it } from "vitest";
import { tooManyJson } from "./api-request";

describe("whoever asks too often", () => {
  it("is told after how many whole seconds the next try counts, and no cache keeps it", async () => {
    const answer = tooManyJson(12.2);
    expect(answer.status).toBe(429);
    expect(answer.headers.get("Retry-After")).toBe("13");
    expect(answer.headers.get("Cache-Control")).toContain("no-store");
    expect(await answer.json()).toEqual({ reason: "too_many_attempts" });
  });
});
