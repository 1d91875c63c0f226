import { describe, expect, it } from "vitest";
import type { PractitionerDto, VisitTypeDto } from "@/lib/directory/types";
import type { DirectoryFilter } from "../types/directory";
import { applyFilter, directoryOptions } from "./directory";

const practitioner = (over: Partial<PractitionerDto>): PractitionerDto => ({
  id: "p",
  displayName: "Dr Ada Example",
  specialty: { code: "cardiology", names: { en: "Cardiology", ru: "Кардиология" } },
  languages: ["en"],
  timeZone: "Europe/Berlin",
  entry: "guest",
  introductions: null,
  visitTypeIds: ["first"],
  ...over,
});
const visitType = (id: string, en: string, ru: string): VisitTypeDto => ({
  id,
  names: { en, ru },
  durationMinutes: 30,
  intervalMinutes: 30,
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 0,
  minNoticeMinutes: 0,
  horizonDays: 30,
  maxPerDay: null,
  changeNoticeMinutes: 0,
  reminderMinutes: [],
});

const ada = practitioner({ id: "ada", languages: ["en", "de"] });
const ben = practitioner({
  id: "ben",
  specialty: { code: "neurology", names: { en: "Neurology", ru: "Неврология" } },
  languages: ["ru"],
  visitTypeIds: ["first", "again"],
});
const types = [
  visitType("first", "First visit", "Первичный приём"),
  visitType("again", "Follow-up", "Повторный приём"),
  visitType("unused", "Unused", "Без специалистов"),
];
const options = directoryOptions([ben, ada], types, "en");
const nothing = { specialty: undefined, language: undefined, visitType: undefined };

describe("directoryOptions", () => {
  it("offers what somebody has, by name, and visit types in the clinic's order", () => {
    expect(options.specialties.map(({ name }) => name)).toEqual(["Cardiology", "Neurology"]);
    expect(options.languages.map(({ name }) => name)).toEqual(["English", "German", "Russian"]);
    expect(options.visitTypes.map(({ name }) => name)).toEqual(["First visit", "Follow-up"]);
  });

  it("speaks the reader's language", () => {
    const russian = directoryOptions([ben, ada], types, "ru");
    expect(russian.languages.map(({ name }) => name)).toEqual(["Английский", "Немецкий", "Русский"]);
  });
});

describe("applyFilter", () => {
  const ids = (asked: Partial<DirectoryFilter>) =>
    applyFilter([ada, ben], { ...nothing, ...asked }, options).found.map(({ id }) => id);

  it("leaves those to whom all of it applies", () => {
    expect(ids({})).toEqual(["ada", "ben"]);
    expect(ids({ specialty: "neurology" })).toEqual(["ben"]);
    expect(ids({ language: "de" })).toEqual(["ada"]);
    expect(ids({ visitType: "again" })).toEqual(["ben"]);
    expect(ids({ specialty: "neurology", language: "de" })).toEqual([]);
  });

  it("lets a value that nobody has filter nothing", () => {
    expect(ids({ specialty: "astrology", language: "tlh", visitType: "unused" })).toEqual(["ada", "ben"]);
    expect(applyFilter([ada], { ...nothing, specialty: "astrology" }, options).filter).toEqual(nothing);
  });
});
