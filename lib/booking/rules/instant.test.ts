import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { instantEnd } from "./instant";

const now = Temporal.Instant.from("2026-03-29T00:55:00Z");
const claim = (from: number, to: number) => ({
  start: now.add({ minutes: from }),
  end: now.add({ minutes: to }),
});

describe("a visit that begins at once", () => {
  it.each([
    ["an empty day", [], 20, 20],
    ["a claim that begins at its end", [claim(20, 40)], 20, 20],
    ["a claim that begins before its end", [claim(15, 40)], 20, 15],
    ["the nearest of several claims", [claim(30, 40), claim(12, 14), claim(16, 20)], 20, 12],
    ["a claim in exactly ten minutes", [claim(10, 40)], 20, 10],
    ["a claim in less than ten minutes", [claim(9, 40)], 20, "too_short"],
    ["a claim that ends at this moment", [claim(-20, 0)], 20, 20],
    ["a claim that begins at this moment", [claim(0, 20)], 20, "practitioner_busy"],
    ["a claim that covers this moment", [claim(-5, 5)], 20, "practitioner_busy"],
    ["a covering claim after a later one", [claim(5, 9), claim(-5, 1)], 20, "practitioner_busy"],
    ["a visit type of less than ten minutes", [], 5, "too_short"],
  ])("with %s", (_, claims, duration, expected) => {
    const end = instantEnd(claims, duration, now);
    expect(typeof end === "string" ? end : now.until(end).total("minutes")).toBe(expected);
  });
});
