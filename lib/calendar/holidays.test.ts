import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readHolidays } from "./holidays";

const calendar = (...entries: string[][]) =>
  ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Example//Holidays//EN"]
    .concat(
      entries.flatMap((lines) => ["BEGIN:VEVENT", ...lines, "END:VEVENT"]),
      "END:VCALENDAR",
      "",
    )
    .join("\r\n");
const day = (uid: string, date: string, title: string) => [
  `UID:${uid}`,
  `DTSTART;VALUE=DATE:${date}`,
  `SUMMARY:${title}`,
];
const within = { from: "2026-11-23", to: "2028-11-23" };
const read = (text: string) => {
  const result = readHolidays(text, within);
  if (!result.ok) throw new Error(result.reason);
  return result.value;
};
const dates = (text: string) => read(text).days.map(({ startOn, endOn }) => `${startOn}/${endOn}`);

describe("a calendar of holidays", () => {
  it("has its days in order, with titles as people read them", () => {
    const text = calendar(
      day("2", "20270101", "New Year\\, the first"),
      day("1", "20261225", " Christmas \u202eDay "),
    );
    expect(read(text)).toEqual({
      days: [
        { uid: "1", title: "Christmas Day", startOn: "2026-12-25", endOn: "2026-12-25" },
        { uid: "2", title: "New Year, the first", startOn: "2027-01-01", endOn: "2027-01-01" },
      ],
      ignored: 0,
    });
  });

  it("ends a row of days the day before DTEND, or after DURATION", () => {
    const text = calendar(
      [...day("1", "20270101", "Holidays"), "DTEND;VALUE=DATE:20270109"],
      [...day("2", "20270501", "May"), "DURATION:P2D"],
    );
    expect(dates(text)).toEqual(["2027-01-01/2027-01-08", "2027-05-01/2027-05-02"]);
  });

  it("follows yearly rules within the time asked for, each occurrence with a UID of its own", () => {
    const text = calendar([...day("xmas", "19991225", "Christmas"), "RRULE:FREQ=YEARLY"]);
    expect(read(text).days.map(({ uid }) => uid)).toEqual(["xmas 2026-12-25", "xmas 2027-12-25"]);
    const thanks = calendar([
      ...day("t", "19701126", "Thanks"),
      "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH",
      "EXDATE;VALUE=DATE:20271125",
    ]);
    expect(dates(thanks)).toEqual(["2026-11-26/2026-11-26", "2028-11-23/2028-11-23"]);
  });

  it("keeps 29 February in leap years", () => {
    expect(dates(calendar([...day("leap", "20240229", "Leap day"), "RRULE:FREQ=YEARLY"]))).toEqual([
      "2028-02-29/2028-02-29",
    ]);
  });

  it("moves an occurrence that was changed, and leaves out what was cancelled", () => {
    const text = calendar(
      [...day("k", "20250606", "Day"), "RRULE:FREQ=YEARLY"],
      ["UID:k", "RECURRENCE-ID;VALUE=DATE:20270606", "DTSTART;VALUE=DATE:20270607", "SUMMARY:Day, moved"],
      [...day("gone", "20270101", "Gone"), "STATUS:CANCELLED"],
    );
    expect(read(text).days.map(({ title, startOn }) => [title, startOn])).toEqual([
      ["Day, moved", "2027-06-07"],
      ["Day", "2028-06-06"],
    ]);
  });

  it("counts what is no whole day or no day at all, has no UID or repeats otherwise, and leaves out what is over", () => {
    const text = calendar(
      ["UID:1", "DTSTART:20270101T090000Z", "DTEND:20270101T100000Z", "SUMMARY:Meeting"],
      ["DTSTART;VALUE=DATE:20270101", "SUMMARY:Nameless"],
      [...day("3", "20270101", "Every day"), "RRULE:FREQ=DAILY"],
      day("4", "20270231", "Never"),
      day("5", "20200101", "Long ago"),
    );
    expect(read(text)).toEqual({ days: [], ignored: 4 });
  });

  it("may begin with a byte order mark", () => {
    expect(dates(`\ufeff${calendar(day("1", "20261225", "Christmas"))}`)).toHaveLength(1);
  });

  it.each([
    ["nothing", ""],
    ["prose", "Public holidays 2027"],
    ["a page", "<!doctype html><html></html>"],
    ["half a calendar", "BEGIN:VCALENDAR\r\nBEGIN:VEVENT"],
    ["another component", "BEGIN:VCARD\r\nFN:Ada\r\nEND:VCARD"],
    ["a rule that is none", calendar([...day("1", "20270201", "Never"), "RRULE:FREQ=NEVER"])],
  ])("is not %s", (_what, text) => {
    expect(readHolidays(text, within)).toEqual({ ok: false, reason: "not_a_calendar" });
  });
});

describe("whatever is sent for a calendar", () => {
  const line = fc.tuple(
    fc.constantFrom(
      "BEGIN",
      "END",
      "UID",
      "DTSTART",
      "DTSTART;VALUE=DATE",
      "DTEND",
      "RRULE",
      "SUMMARY",
      "TZID",
      "DURATION",
    ),
    fc.oneof(
      fc.constantFrom(
        "VEVENT",
        "VCALENDAR",
        "20261225",
        "20261301",
        "FREQ=SECONDLY",
        "FREQ=YEARLY;COUNT=99999999",
        "-P9W",
        "1",
      ),
      fc.string({ unit: "binary", maxLength: 40 }),
    ),
  );

  it("is read within its bounds or refused", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.array(line, { maxLength: 12 })), (sent) => {
        const lines = typeof sent === "string" ? [sent] : sent.map(([name, value]) => `${name}:${value}`);
        for (const text of [lines.join("\r\n"), calendar(lines)]) {
          const result = readHolidays(text, within);
          if (!result.ok) continue;
          for (const { startOn, endOn, title } of result.value.days) {
            expect(startOn <= endOn).toBe(true);
            expect(title).toBe(title.trim());
            expect(title).not.toMatch(/\p{Cc}/u);
          }
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
