import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { googleCalendarUrl, outlookCalendarUrl } from "./links";

const event = {
  title: "Видеоприём & «вопросы» #1 + ещё",
  startAt: Temporal.Instant.from("2027-03-14T09:30:00.250Z"),
  endAt: Temporal.Instant.from("2027-03-14T10:00:00Z"),
  url: "http://localhost:3000/v/abc_-123",
};

describe("googleCalendarUrl", () => {
  it("carries the portal's address and UTC times", () => {
    const { origin, pathname, searchParams } = new URL(googleCalendarUrl(event));
    expect(origin + pathname).toBe("https://calendar.google.com/calendar/render");
    expect(Object.fromEntries(searchParams)).toEqual({
      action: "TEMPLATE",
      text: event.title,
      dates: "20270314T093000Z/20270314T100000Z",
      details: event.url,
      location: event.url,
    });
  });
});

describe("outlookCalendarUrl", () => {
  it("carries the same, and blanks that Outlook does not show as plus signs", () => {
    const address = outlookCalendarUrl({ ...event, description: "Опишите\r\nжалобы" });
    expect(address).not.toContain("+");
    const { origin, searchParams } = new URL(address);
    expect(origin).toBe("https://outlook.live.com");
    expect(searchParams.get("subject")).toBe(event.title);
    expect(searchParams.get("startdt")).toBe("2027-03-14T09:30:00Z");
    expect(searchParams.get("enddt")).toBe("2027-03-14T10:00:00Z");
    expect(searchParams.get("body")).toBe(`Опишите\nжалобы\n\n${event.url}`);
    expect(searchParams.get("location")).toBe(event.url);
  });
});
