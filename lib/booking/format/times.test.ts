import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import type { FreeSlot } from "@/lib/availability/types";
import { describeLanguages } from "./directory";
import { bookingPath, parseBookingStart, timesPath } from "./paths";
import { describeTimes } from "./times";

const offer = { practitionerId: "p", visitTypeId: "v" };
const instant = (text: string) => Temporal.Instant.from(text);
const slots = (...starts: string[]): FreeSlot[] =>
  starts.map((start) => ({ startAt: instant(start), endAt: instant(start).add({ minutes: 30 }) }));
const berlin = { locale: "en", timeZone: "Europe/Berlin" };

describe("bookingPath", () => {
  it("needs no escapes and leads back to its instant", () => {
    const path = bookingPath(offer, instant("2026-11-24T09:05:00Z"));
    expect(path).toBe("/book/p/v/20261124T0905Z");
    expect(encodeURI(path)).toBe(path);
    expect(parseBookingStart("20261124T0905Z")?.toString()).toBe("2026-11-24T09:05:00Z");
  });

  it.each([
    "",
    "20261124",
    "20261324T0905Z",
    "20260230T0905Z",
    "20261124T2460Z",
    "2026-11-24T09:05:00Z",
    "20261124T0905",
  ])("has no time for %j", (text) => expect(parseBookingStart(text)).toBeUndefined());
});

describe("timesPath", () => {
  it("names only what was chosen", () => {
    expect(timesPath("p")).toBe("/practitioners/p");
    expect(timesPath("p", { visitTypeId: "v", day: "2026-11-24" })).toBe(
      "/practitioners/p?visit=v&day=2026-11-24",
    );
    expect(timesPath("p", { view: "list", from: "2026-11-24", days: 14 })).toBe(
      "/practitioners/p?view=list&from=2026-11-24&days=14",
    );
  });
});

describe("describeLanguages", () => {
  it("begins like a sentence and goes on like one", () => {
    expect(describeLanguages(["en", "de"], "en")).toBe("English, German");
    expect(describeLanguages(["en", "de"], "ru")).toBe("Английский, немецкий");
  });
});

describe("describeTimes", () => {
  it("tells apart two times that read the same when the clocks go back", () => {
    const night = slots("2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z", "2026-10-25T02:30:00Z");
    expect(describeTimes(night, berlin).map(({ time, offset }) => [time, offset])).toEqual([
      ["02:30", "GMT+2"],
      ["02:30", "GMT+1"],
      ["03:30", null],
    ]);
  });
});
