import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { FILE_MAX_BYTES, FILE_NAME_MAX_LENGTH, MESSAGE_MAX_LENGTH } from "./constants";
import {
  type CardVisit,
  describeCard,
  fileRefusal,
  folded,
  keptFileName,
  needsNotice,
  otherSide,
  textRefusal,
} from "./rules";

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

describe("describeCard", () => {
  const at = (time: string) => Temporal.Instant.from(`2026-11-23T${time}Z`);
  const visit: CardVisit = {
    appointmentId: "a",
    appointmentStatus: "booked",
    encounterStatus: "planned",
    endAt: at("10:30"),
    hasCome: false,
    handedTo: undefined,
    startedAt: undefined,
    endedAt: undefined,
  };
  const came = { hasCome: true, startedAt: at("10:02") };
  const over = { appointmentStatus: "fulfilled", encounterStatus: "finished" } as const;
  it.each<[string, Partial<CardVisit>, string, string, number | null]>([
    ["not begun", {}, "10:10", "waiting", null],
    ["the patient has come", { encounterStatus: "arrived", hasCome: true }, "10:10", "waiting", null],
    ["never begun", {}, "10:30", "unanswered", null],
    ["goes on", { ...came, encounterStatus: "in_progress" }, "10:10", "live", null],
    ["goes on beyond its time", { ...came, encounterStatus: "in_progress" }, "11:30", "live", null],
    ["over", { ...came, ...over, endedAt: at("10:14:20") }, "12:00", "ended", 12],
    ["over at once", { ...came, ...over, endedAt: at("10:02:05") }, "12:00", "ended", 1],
    [
      "begun, nobody came",
      { ...over, startedAt: at("10:02"), endedAt: at("10:20") },
      "12:00",
      "unanswered",
      null,
    ],
    [
      "not come, says somebody",
      { appointmentStatus: "noshow", encounterStatus: "cancelled" },
      "12:00",
      "unanswered",
      null,
    ],
    [
      "taken back",
      { appointmentStatus: "cancelled", encounterStatus: "cancelled" },
      "10:05",
      "cancelled",
      null,
    ],
  ])("%s", (_, change, now, state, minutes) => {
    expect(describeCard({ ...visit, ...change }, at(now))).toEqual({
      appointmentId: "a",
      state,
      minutes,
      handedTo: null,
    });
  });

  it("names the colleague who has taken the visit over", () => {
    expect(describeCard({ ...visit, handedTo: "Dr Other" }, at("10:10")).handedTo).toBe("Dr Other");
  });
});
