import { describe, expect, it } from "vitest";
import { readPatientQuery, wordForms } from "./patient-query";

describe("what staff look a patient up by", () => {
  it.each([
    [" Paula@Example.org ", { by: "email", email: "paula@example.org" }],
    ["+49 (0)30 123-4567", { by: "phone", digits: "301234567" }],
    ["030 123456", { by: "phone", digits: "030123456" }],
    ["Paula  Beispiel", { by: "name", words: ["Paula", "Beispiel"] }],
    ["O’Neill-Test", { by: "name", words: ["O’Neill-Test"] }],
  ])("%s", (text, query) => expect(readPatientQuery(text)).toEqual(query));

  it.each(["", "  ", "a", "12345", "% _"])("is too little: %o", (text) =>
    expect(readPatientQuery(text)).toBeUndefined(),
  );
});

describe("a word in either alphabet", () => {
  it.each([
    ["Щукин", "shchukin"],
    ["Жукова", "zhukova"],
    ["Shchukin", "щукин"],
    ["Testova", "тестова"],
  ])("%s is also %s", (word, form) => expect(wordForms(word)).toContain(form));

  it("keeps what is of neither", () => expect(wordForms("Ωμέγα")).toEqual(["ωμέγα"]));
});
