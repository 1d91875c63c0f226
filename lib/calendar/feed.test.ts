import ICAL from "ical.js";
import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { buildFeed, type FeedEvent } from "./feed";

const event: FeedEvent = {
  uid: "0198a0a0-0000-7000-8000-000000000001@visits.clinic.example",
  sequence: 2,
  startAt: Temporal.Instant.from("2027-03-14T09:30:00Z"),
  endAt: Temporal.Instant.from("2027-03-14T10:00:00Z"),
  summary: "Video visit",
  description: "To join, open it here",
  url: "https://visits.clinic.example/visit/0198a0a0-0000-7000-8000-000000000001",
  isCancelled: false,
  changedAt: Temporal.Instant.from("2027-03-01T08:00:00Z"),
};

const read = (text: string) => new ICAL.Component(ICAL.parse(text));

describe("buildFeed", () => {
  it("is a calendar to subscribe to, read again every hour", () => {
    const calendar = read(buildFeed({ name: "Visits, Example Clinic", events: [event] }));
    expect(calendar.getFirstPropertyValue("method")).toBe("PUBLISH");
    expect(calendar.getFirstPropertyValue("name")).toBe("Visits, Example Clinic");
    expect(String(calendar.getFirstPropertyValue("refresh-interval"))).toBe("PT1H");
    expect(String(calendar.getFirstPropertyValue("x-published-ttl"))).toBe("PT1H");
    const [entry] = calendar.getAllSubcomponents("vevent").map((one) => new ICAL.Event(one));
    expect(entry?.uid).toBe(event.uid);
    expect(entry?.sequence).toBe(2);
    expect(entry?.startDate.toJSDate().toISOString()).toBe("2027-03-14T09:30:00.000Z");
    expect(entry?.component.getFirstPropertyValue("status")).toBe("CONFIRMED");
    expect(entry?.attendees).toEqual([]);
    expect(entry?.component.getFirstProperty("organizer")).toBeNull();
  });

  it("keeps a cancelled visit as cancelled", () => {
    const calendar = read(buildFeed({ name: "Visits", events: [{ ...event, isCancelled: true }] }));
    expect(calendar.getFirstSubcomponent("vevent")?.getFirstPropertyValue("status")).toBe("CANCELLED");
  });

  it("is the same text for the same visits, and a calendar without any", () => {
    expect(buildFeed({ name: "Visits", events: [event] })).toBe(
      buildFeed({ name: "Visits", events: [event] }),
    );
    expect(read(buildFeed({ name: "Visits", events: [] })).getAllSubcomponents("vevent")).toEqual([]);
  });

  it("lets no text break out of its property", () => {
    const summary = "Visit\r\nBEGIN:VALARM\u2028\u0007";
    const calendar = read(buildFeed({ name: "a\r\nX-EVIL:1", events: [{ ...event, summary }] }));
    expect(calendar.getFirstProperty("x-evil")).toBeNull();
    expect(calendar.getFirstSubcomponent("vevent")?.getAllSubcomponents()).toEqual([]);
  });
});
