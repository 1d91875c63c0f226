import { describe, expect, it } from "vitest";
import { MESSAGE_MAX_LENGTH } from "./constants";
import { folded, needsNotice, otherSide, textRefusal } from "./rules";

describe("textRefusal", () => {
  it.each([
    ["Hello", undefined],
    [" \n\t", "empty"],
    ["", "empty"],
    ["x".repeat(MESSAGE_MAX_LENGTH), undefined],
    ["x".repeat(MESSAGE_MAX_LENGTH + 1), "too_long"],
    [" ".repeat(100_000), "too_long"],
  ])("judges a text by what is in it (%#)", (text, refusal) => {
    expect(textRefusal(text)).toBe(refusal);
  });
});

describe("needsNotice", () => {
  it.each([
    ["nothing was ever read or noticed", 0, 0, true],
    ["a mail has gone out, and nothing was read since", 0, 1, false],
    ["a part of what the mail spoke of was read", 2, 3, false],
    ["all of it was read", 3, 3, true],
    ["more than that was read", 5, 3, true],
  ])("%s", (_, readSequence, noticedSequence, expected) => {
    expect(needsNotice({ readSequence, noticedSequence })).toBe(expected);
  });
});

it("finds the same letters in whatever case, and however composed", () => {
  expect(folded("И\u0306ОД")).toBe(folded("йод"));
  expect(folded("CAFE\u0301")).toBe(folded("café"));
});

it("knows who is on the other side", () => {
  expect([otherSide("patient"), otherSide("practitioner")]).toEqual(["practitioner", "patient"]);
});
