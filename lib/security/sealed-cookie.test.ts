import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { beforeAll, describe, expect, it } from "vitest";
import { TEST_ENV } from "@/tests/support/env";
import { openCookie, sealCookie } from "./sealed-cookie";

const now = Temporal.Instant.from("2026-11-23T09:00:00Z");

describe("a sealed cookie", () => {
  let value = "";
  beforeAll(() => {
    Object.assign(process.env, TEST_ENV);
    value = sealCookie("example", "user-1", "what we know", now.add({ minutes: 10 }));
  });

  it("says to us alone what it holds, until its end", () => {
    expect(Buffer.from(value, "base64url").toString("latin1")).not.toContain("what we know");
    expect(openCookie("example", "user-1", value, now)).toBe("what we know");
    expect(openCookie("example", "user-1", value, now.add({ minutes: 10 }))).toBeUndefined();
  });

  it("opens for no other owner and under no other name", () => {
    expect(openCookie("example", "user-2", value, now)).toBeUndefined();
    expect(openCookie("other", "user-1", value, now)).toBeUndefined();
  });

  it("is nothing that was made up or changed", () => {
    const changed = `${value.startsWith("A") ? "B" : "A"}${value.slice(1)}`;
    for (const other of [undefined, "", "nonsense", changed, value.slice(0, -4), "A".repeat(200)])
      expect(openCookie("example", "user-1", other, now)).toBeUndefined();
  });
});

describe("whatever comes in a sealed cookie's place", () => {
  it("opens nothing", () => {
    const anything = fc.oneof(
      fc.string({ unit: "binary" }),
      fc
        .uint8Array({ minLength: 30, maxLength: 200 })
        .map((bytes) => Buffer.from(bytes).toString("base64url")),
    );
    fc.assert(
      fc.property(anything, (value) => {
        expect(openCookie("example", "user-1", value, now)).toBeUndefined();
      }),
      { numRuns: 1_000 },
    );
  });
});
