import { describe, expect, it } from "vitest";
import { acceptCalendarLinks } from "./calendars";
import { calendarsAnswer } from "./wire";

const ORIGIN = "https://video.example.org";
const accept = (answer: unknown) => acceptCalendarLinks(calendarsAnswer.parse(answer), [ORIGIN]);
const google = "https://calendar.google.com/calendar/render?action=TEMPLATE";
const outlook = "https://outlook.live.com/calendar/0/deeplink/compose";
const file = `${ORIGIN}/c/abc.ics`;

describe("calendar links", () => {
  it.each([
    ["of v3", { calendars: { google, outlook, ics: file } }, { google, outlook, ics: file }],
    ["of v4", { calendars: { google, other: file } }, { google, other: file }],
    ["without a frame", { google, outlook }, { google, outlook }],
    ["where some are null or objects", { calendars: { google, outlook: null, ics: {} } }, { google }],
    ["where there are none", { calendars: null }, {}],
  ])("%s", (_what, answer, expected) => {
    expect(accept(answer)).toEqual(expected);
  });

  it.each([
    ["a script", "javascript:alert(1)"],
    ["plain http", "http://calendar.google.com/"],
    ["somebody else", "https://calendar.google.com.example.net/"],
    ["an address relative to nothing", "/c/abc.ics"],
  ])("that lead to %s are left out", (_what, href) => {
    expect(accept({ calendars: { google: href, outlook: href, ics: href, other: href } })).toEqual({});
  });
});
