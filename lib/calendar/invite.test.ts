import ICAL from "ical.js";
import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { appointmentUid, buildInvite, type CalendarEvent } from "./invite";

const base: CalendarEvent = {
  uid: appointmentUid("0198a0a0-0000-7000-8000-000000000001", "https://visits.clinic.example:8443"),
  sequence: 0,
  startAt: Temporal.Instant.from("2027-03-14T09:30:00Z"),
  endAt: Temporal.Instant.from("2027-03-14T10:00:00Z"),
  summary: "Video visit",
  description: "Open the address to join.",
  url: "https://visits.clinic.example/v/a-token",
  organizer: { name: "Example Clinic", address: "visits@clinic.example" },
  now: Temporal.Instant.from("2027-03-01T08:00:00Z"),
};
const attendee = { name: "Anna Testova", address: "anna@patient.example" };

function read(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const events = calendar.getAllSubcomponents("vevent");
  expect(events).toHaveLength(1);
  const component = events[0]!;
  return { calendar, component, event: new ICAL.Event(component) };
}

describe("buildInvite", () => {
  it("is a request that a mail program puts into the attendee's calendar", () => {
    const { calendar, component, event } = read(buildInvite({ ...base, method: "REQUEST", attendee }));
    expect(calendar.getFirstPropertyValue("method")).toBe("REQUEST");
    expect(event.uid).toBe("0198a0a0-0000-7000-8000-000000000001@visits.clinic.example");
    expect(event.sequence).toBe(0);
    expect(event.startDate.toJSDate().toISOString()).toBe("2027-03-14T09:30:00.000Z");
    expect(event.endDate.toJSDate().toISOString()).toBe("2027-03-14T10:00:00.000Z");
    expect(event.startDate.zone).toBe(ICAL.Timezone.utcTimezone);
    expect(String(component.getFirstPropertyValue("dtstamp"))).toBe("2027-03-01T08:00:00Z");
    expect(component.getFirstPropertyValue("status")).toBe("CONFIRMED");
    expect(component.getFirstPropertyValue("url")).toBe(base.url);
    expect(event.location).toBe(base.url);
    const person = event.attendees[0]!;
    expect(String(person.getFirstValue()).toLowerCase()).toBe("mailto:anna@patient.example");
    expect([person.getParameter("cn"), person.getParameter("partstat"), person.getParameter("rsvp")]).toEqual(
      ["Anna Testova", "ACCEPTED", "FALSE"],
    );
    expect(event.organizer).toBe("mailto:visits@clinic.example");
  });

  it("is a file to keep, with nobody in it but the clinic", () => {
    const { calendar, event } = read(buildInvite({ ...base, method: "PUBLISH" }));
    expect(calendar.getFirstPropertyValue("method")).toBe("PUBLISH");
    expect(event.attendees).toHaveLength(0);
  });

  it("takes a visit out again under the same UID, without a reminder", () => {
    const text = buildInvite({ ...base, method: "CANCEL", attendee, sequence: 3, reminderMinutes: 15 });
    const { component, event } = read(text);
    expect(event.uid).toBe(base.uid);
    expect(event.sequence).toBe(3);
    expect(component.getFirstPropertyValue("status")).toBe("CANCELLED");
    expect(component.getAllSubcomponents("valarm")).toHaveLength(0);
  });

  it("reminds when asked to", () => {
    const { component } = read(buildInvite({ ...base, method: "PUBLISH", reminderMinutes: 15 }));
    const alarm = component.getFirstSubcomponent("valarm");
    expect(String(alarm?.getFirstPropertyValue("trigger"))).toBe("-PT15M");
    expect(alarm?.getFirstPropertyValue("action")).toBe("DISPLAY");
  });

  it("ends lines with CRLF and folds them at 75 octets without breaking a character", () => {
    const summary = `Видеоприём ${"с очень длинным названием 🩺 ".repeat(12)}`.trim();
    const description = "первая строка\nвторая; с запятой, и обратной \\ чертой\n\nдлинная: ".concat(
      "щ".repeat(400),
    );
    const text = buildInvite({ ...base, summary, description, method: "REQUEST", attendee });
    expect(text.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
    for (const line of text.split("\r\n")) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    expect(text).not.toContain("\ufffd");
    const { event } = read(text);
    expect(event.summary).toBe(summary);
    expect(event.description).toBe(description);
  });

  it.each([
    ["\r\nATTENDEE:mailto:evil@example.org"],
    ["\nEND:VEVENT\nBEGIN:VEVENT"],
    ["\rX-EVIL:1"],
    ["\u2028X-EVIL:1"],
    ["\u0000\u0007\u0085X-EVIL:1"],
    ['"; X-EVIL="1'],
    ['";X-EVIL=1:mailto:evil@example.org'],
    ["half a pair \ud800"],
  ])("lets %j add nothing, wherever it was typed", (hostile) => {
    const person = { name: `Anna ${hostile}`, address: attendee.address };
    const text = buildInvite({
      ...base,
      summary: `Visit ${hostile}`,
      description: `Text ${hostile}`,
      organizer: { ...base.organizer, name: `Clinic ${hostile}` },
      method: "REQUEST",
      attendee: person,
    });
    const { component, event } = read(text);
    const names = component.getAllProperties().map((property) => property.name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => name.startsWith("x-"))).toEqual(["x-microsoft-cdo-busystatus"]);
    expect(event.attendees).toHaveLength(1);
    expect(String(event.attendees[0]?.getFirstValue()).toLowerCase()).toBe("mailto:anna@patient.example");
    expect(event.attendees[0]?.getParameter("x-evil")).toBeUndefined();
    expect(event.organizer).toBe("mailto:visits@clinic.example");
  });

  it("keeps a cancelled visit's file as cancelled, so that importing it takes the entry out", () => {
    const text = buildInvite({ ...base, sequence: 3, method: "PUBLISH", isCancelled: true });
    const { calendar, component, event } = read(text);
    expect(calendar.getFirstPropertyValue("method")).toBe("PUBLISH");
    expect(component.getFirstPropertyValue("status")).toBe("CANCELLED");
    expect(event.sequence).toBe(3);
  });
});
