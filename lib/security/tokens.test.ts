import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { newToken } from "@/lib/core/ids";
import { hashToken, isToken } from "./tokens";

describe("a personal link's token", () => {
  it("is 256 random bits, of which the hash alone is kept", () => {
    const token = newToken();
    expect(isToken(token)).toBe(true);
    expect(Buffer.from(token, "base64url")).toHaveLength(32);
    expect(hashToken(token)).toHaveLength(32);
    expect(Buffer.from(hashToken(token)).toString("base64url")).not.toBe(token);
  });

  it("is nothing of another form", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.base64String(), fc.anything()), (value) => {
        if (isToken(value)) expect(value).toMatch(/^[\w-]{43}$/);
      }),
      { numRuns: 1_000 },
    );
  });
});
