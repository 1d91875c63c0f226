import { describe, expect, it } from "vitest";
import { delaySchema, waitingTextSchema } from "./day";

const faultOf = (parsed: { error?: { issues: { message: string }[] } | undefined }) =>
  parsed.error?.issues[0]?.message;

describe("how late somebody runs", () => {
  it.each([
    ["0", 0],
    [" 25 ", 25],
    ["480", 480],
  ])("%j is %i", (minutes, expected) => {
    expect(delaySchema.parse({ minutes })).toEqual({ minutes: expected });
  });

  it("is the number that was pressed, whatever was typed beside it", () => {
    expect(delaySchema.parse({ minutes: "", preset: "15" })).toEqual({ minutes: 15 });
    expect(delaySchema.parse({ minutes: "7", preset: "0" })).toEqual({ minutes: 0 });
  });

  it.each([
    ["", "required"],
    ["-5", "number"],
    ["ten", "number"],
    ["7.5", "number"],
    ["481", "out_of_range"],
    ["9999999", "number"],
  ])("%j is refused", (minutes, fault) => {
    expect(faultOf(delaySchema.safeParse({ minutes }))).toBe(fault);
    expect(faultOf(delaySchema.safeParse({ minutes: "5", preset: minutes }))).toBe(fault);
  });
});

describe("words to whoever waits", () => {
  const appointmentId = "0193d2b0-0000-7000-8000-000000000001";

  it("are trimmed and keep their lines", () => {
    expect(waitingTextSchema.parse({ appointmentId, text: " One moment.\r\nThank you. " }).text).toBe(
      "One moment.\nThank you.",
    );
  });

  it.each([
    ["", "required"],
    [" \n ", "required"],
    ["x".repeat(501), "too_long"],
    ["x".repeat(100_000), "too_long"],
    ["a\u0000b", "characters"],
  ])("%j is refused", (text, fault) => {
    expect(faultOf(waitingTextSchema.safeParse({ appointmentId, text }))).toBe(fault);
  });
});
