import { describe, expect, it } from "vitest";
import { lineSchema, textSchema } from "./text";

const fault = (schema: ReturnType<typeof lineSchema>, value: unknown) => {
  const parsed = schema.safeParse(value);
  return parsed.success ? undefined : parsed.error.issues[0]?.message;
};

describe("one line of text", () => {
  it("is trimmed and composed", () => {
    expect(lineSchema(20).parse("  Zoe\u0308   Example ")).toBe("Zoë Example");
  });

  it.each([
    ["", "required"],
    [undefined, "required"],
    ["x".repeat(21), "too_long"],
    ["x".repeat(10_000), "too_long"],
    ["a\u0000b", "characters"],
    ["a\nb", "characters"],
    ["safe\u202etxt.exe", "characters"],
    ["half a pair \ud800", "characters"],
  ])("%j is refused: %s", (value, expected) => {
    expect(fault(lineSchema(20), value)).toBe(expected);
  });
});

describe("some text", () => {
  it("may be empty and have lines", () => {
    expect(textSchema(20).parse("")).toBe("");
    expect(textSchema(20).parse("one\r\ntwo\t2")).toBe("one\ntwo\t2");
  });

  it("has no hidden controls", () => {
    expect(fault(textSchema(20), "a\u0007b")).toBe("characters");
    expect(fault(textSchema(20), "a\u2066b")).toBe("characters");
  });
});
