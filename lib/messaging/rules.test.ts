import { describe, expect, it } from "vitest";
import { FILE_MAX_BYTES, FILE_NAME_MAX_LENGTH, MESSAGE_MAX_LENGTH } from "./constants";
import { fileRefusal, folded, keptFileName, needsNotice, otherSide, textRefusal } from "./rules";

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

it("lets a message be its files alone", () => {
  expect([textRefusal("", 1), textRefusal("x".repeat(MESSAGE_MAX_LENGTH + 1), 1)]).toEqual([
    undefined,
    "too_long",
  ]);
});

describe("fileRefusal", () => {
  it.each([
    ["photo.JPG", "image/jpeg", undefined],
    ["scan.pdf", "application/pdf", undefined],
    ["letter.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", undefined],
    ["a name that claims nothing", "image/png", undefined],
    ["photo.png", "application/pdf", "type_differs"],
    ["photo.png", undefined, "type_differs"],
    ["letter.docx", "application/zip", "type_differs"],
    ["letter.docm", "application/zip", "type_not_allowed"],
    ["run.exe", "application/x-msdownload", "type_not_allowed"],
    ["page.html", undefined, "type_not_allowed"],
    ["picture.svg", "image/svg+xml", "type_not_allowed"],
    ["report.pdf.exe", "application/pdf", "type_not_allowed"],
    ["no ending and nothing known", undefined, "type_not_allowed"],
  ])("%s with %s", (name, mediaType, refusal) => {
    expect(fileRefusal({ name, mediaType, sizeBytes: 1 })).toBe(refusal);
  });

  it.each([
    [0, "empty_file"],
    [1, undefined],
    [FILE_MAX_BYTES, undefined],
    [FILE_MAX_BYTES + 1, "too_large"],
  ])("of %i bytes", (sizeBytes, refusal) => {
    expect(fileRefusal({ name: "a.pdf", mediaType: "application/pdf", sizeBytes })).toBe(refusal);
  });
});

describe("keptFileName", () => {
  it.each([
    ["Анализ крови.pdf", "Анализ крови.pdf"],
    ["../../etc/passwd", "passwd"],
    ["C:\\Users\\p\\scan.pdf", "scan.pdf"],
    ["gnp.\u202Efdp.exe", "gnp. fdp.exe"],
    ['a"b\n c.png', "a b c.png"],
    [".pdf", "file.pdf"],
    ["", "file"],
  ])("%j is kept as %j", (name, kept) => {
    expect(keptFileName(name)).toBe(kept);
  });

  it("keeps the ending of a long one", () => {
    const kept = keptFileName(`${"x".repeat(500)}.pdf`);
    expect([kept.length, kept.slice(-5)]).toEqual([FILE_NAME_MAX_LENGTH, "x.pdf"]);
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
