import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { describeMoment, formatDateRange, zoneCity, zonePlace } from "./format";
import { parseInstant } from "./instant";
import { listZoneChoices } from "./zone-choices";
import { listTimeZones } from "./zones";

const instant = (text: string) => Temporal.Instant.from(text);

describe("the zone's place", () => {
  it("is its city in English, by the name of today", () => {
    expect(zonePlace({ locale: "en", timeZone: "America/Argentina/Buenos_Aires" })).toBe("Buenos Aires");
    expect(zoneCity("Asia/Calcutta")).toBe("Kolkata");
  });

  it("is a place in Russian, and the city where the runtime knows none", () => {
    expect(zonePlace({ locale: "ru", timeZone: "Europe/Moscow" })).toBe("Москва");
    expect(zonePlace({ locale: "ru", timeZone: "Europe/Berlin" })).toBe("Германия");
    expect(zonePlace({ locale: "ru", timeZone: "UTC" })).toBe("UTC");
  });

  it("can be chosen for every zone, in the language's order and without two that read the same", () => {
    const places = listZoneChoices("ru").map(({ place }) => place);
    expect(places).toHaveLength(listTimeZones().length);
    expect(new Set(places).size).toBe(places.length);
    expect(places).toEqual(places.toSorted((a, b) => a.localeCompare(b, "ru")));
  });
});

describe("dates in words", () => {
  it("name both ends of a range, the month once where it is one", () => {
    const berlin = { locale: "en", timeZone: "Europe/Berlin" };
    const range = (first: string, last: string) =>
      // The runtime sets thin spaces around some dashes.
      formatDateRange(instant(first), instant(last), berlin).replace(/\s/g, " ");
    expect(range("2026-11-22T23:00:00Z", "2026-12-05T23:00:00Z")).toBe("23 November – 6 December");
    expect(range("2026-11-08T23:00:00Z", "2026-11-21T23:00:00Z")).toMatch(/^9 ?– ?22 November$/);
  });

  it("describe one moment on the viewer's clock", () => {
    const now = instant("2026-11-23T08:00:00Z");
    expect(
      describeMoment(instant("2026-11-24T23:30:00Z"), { locale: "ru", timeZone: "Europe/Moscow" }, now),
    ).toMatchObject({ date: "Среда, 25 ноября", time: "02:30", zone: "Москва", offset: "GMT+3" });
  });
});

describe("parseInstant", () => {
  it("reads RFC 3339 and nothing wider", () => {
    expect(parseInstant("2026-11-23T09:00:00+01:00")?.toString()).toBe("2026-11-23T08:00:00Z");
    for (const text of ["", "soon", "2026-11-23", "+275760-09-13T00:00:00Z", "-271821-04-20T00:00:00Z", 5]) {
      expect(parseInstant(text), String(text)).toBeUndefined();
    }
  });
});
