import { describe, expect, it } from "vitest";
import { consentTextSchema, intakeQuestionSchema } from "./intake-questions";

const question = {
  visitTypeId: "0198a000-0000-7000-8000-000000000001",
  kind: "choice",
  labelEn: "Before?",
  labelRu: "Раньше?",
};

describe("a question at booking", () => {
  it("has its options in both languages, and only if it is a choice", () => {
    const options = "Yes | Да\r\n\nNo|Нет";
    expect(intakeQuestionSchema.parse({ ...question, options }).options).toEqual([
      { value: "1", names: { en: "Yes", ru: "Да" } },
      { value: "2", names: { en: "No", ru: "Нет" } },
    ]);
    expect(intakeQuestionSchema.parse({ ...question, kind: "text", options }).options).toBeNull();
  });

  it.each(["", "Yes | Да", "Yes\nNo", "Yes | Да\nNo |", "a|b|c\nd|e"])(
    "refuses the options %j",
    (options) => {
      const [issue] = intakeQuestionSchema.safeParse({ ...question, options }).error?.issues ?? [];
      expect(issue).toMatchObject({ path: ["options"], message: "options" });
    },
  );
});

describe("a consent's text", () => {
  it("is written in both languages", () => {
    const text = { kind: "data", afterVersion: "1", textEn: "Yes", textRu: " " };
    const [issue] = consentTextSchema.safeParse(text).error?.issues ?? [];
    expect(issue).toMatchObject({ path: ["textRu"], message: "required" });
  });
});
