import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { IntakeKind } from "../types/intake";
import { ANSWER_MAX_LENGTH, checkAnswers } from "./intake";

const question = (kind: IntakeKind, required = false) => ({
  questionId: "q",
  kind,
  required,
  options: kind === "choice" ? [{ value: "yes" }, { value: "no" }] : [],
});
const answer = (kind: IntakeKind, value: string, required = false) =>
  checkAnswers([question(kind, required)], { q: value });

describe("checkAnswers", () => {
  it.each([
    ["text", " Since Monday\r\nevening ", "Since Monday\nevening"],
    ["choice", "no", "no"],
    ["number", "37,5", "37.5"],
    ["number", "-4", "-4"],
    ["date", "2028-02-29", "2028-02-29"],
  ] as const)("reads a %s", (kind, typed, value) => {
    expect(answer(kind, typed).answers).toEqual([{ questionId: "q", value }]);
    expect(answer(kind, typed).faults).toEqual({});
  });

  it.each([
    ["text", "a".repeat(ANSWER_MAX_LENGTH + 1), "too_long"],
    ["text", "a".repeat(10_240), "too_long"],
    ["text", "left\u202eright", "characters"],
    ["text", "a\u0000b", "characters"],
    ["choice", "perhaps", "choice"],
    ["choice", "Yes", "choice"],
    ["number", "many", "number"],
    ["number", "1e9", "number"],
    ["number", "NaN", "number"],
    ["number", "0x10", "number"],
    ["date", "2027-02-30", "date"],
    ["date", "30.02.2027", "date"],
    ["date", "99999-01-01", "date"],
  ] as const)("refuses as a %s: %j", (kind, typed, fault) => {
    expect(answer(kind, typed).faults).toEqual({ q: fault });
    expect(answer(kind, typed).answers).toEqual([]);
  });

  it.each(["text", "choice", "number", "date"] as const)(
    "lets a %s be left open unless it is required",
    (kind) => {
      expect(answer(kind, "  ")).toEqual({ answers: [], faults: {}, hasStrangers: false });
      expect(answer(kind, "", true).faults).toEqual({ q: "required" });
      expect(checkAnswers([question(kind, true)], {}).faults).toEqual({ q: "required" });
    },
  );

  it("notices an answer to what is not asked, unless it is empty", () => {
    expect(checkAnswers([question("text")], { other: "x" }).hasStrangers).toBe(true);
    expect(checkAnswers([question("text")], { other: "" }).hasStrangers).toBe(false);
    expect(checkAnswers([question("text")], { constructor: "x" }).hasStrangers).toBe(true);
  });

  it("takes any text for what it is: an answer, a fault or nothing", () => {
    fc.assert(
      fc.property(
        fc.constantFrom<IntakeKind>("text", "choice", "number", "date"),
        fc.string({ unit: "binary", maxLength: 60 }),
        fc.boolean(),
        (kind, typed, required) => {
          const { answers, faults } = answer(kind, typed, required);
          const outcomes = answers.length + Object.keys(faults).length;
          expect(outcomes).toBe(outcomes === 0 && !required ? 0 : 1);
        },
      ),
    );
  });
});
