import type { Conference } from "../domain/conferences";
import type { SandboxState } from "../state";

const stamp = (epochSeconds: number): string =>
  `${new Date(epochSeconds * 1000).toISOString().slice(0, 19).replaceAll(/[-:]/g, "")}Z`;

/** Beginning and end of what has a date; a virtual room has none. */
function spanOf({ schedule }: Conference): { from: string; to: string } | undefined {
  if (schedule.type === -1) return undefined;
  return { from: stamp(schedule.start_time), to: stamp(schedule.start_time + schedule.duration) };
}

const pageOf = ({ url }: SandboxState, { id }: Conference): string => `${url}/c/${encodeURIComponent(id)}`;

/** The links of `/calendars`. They lead to the conference's page: a guest's own link would be dead within a minute. */
export function viewCalendars(state: SandboxState, conference: Conference) {
  const page = pageOf(state, conference);
  const span = spanOf(conference);
  const google = new URL("https://calendar.google.com/calendar/render");
  google.search = String(
    new URLSearchParams({
      action: "TEMPLATE",
      text: conference.topic,
      location: page,
      ...(span ? { dates: `${span.from}/${span.to}` } : {}),
    }),
  );
  const outlook = new URL("https://outlook.live.com/calendar/0/deeplink/compose");
  outlook.search = String(
    new URLSearchParams({
      subject: conference.topic,
      location: page,
      ...(span ? { startdt: span.from, enddt: span.to } : {}),
    }),
  );
  const file = `${page}.ics`;
  return state.switches.calendars === "v3"
    ? { google: google.href, outlook: outlook.href, ics: file }
    : { google: google.href, other: file };
}

/** The file behind the link (RFC 5545 §3.6.1); a room without a date is put at the moment of asking. */
export function writeCalendarFile(state: SandboxState, conference: Conference): string {
  const now = stamp(state.clock.seconds());
  const { from, to } = spanOf(conference) ?? { from: now, to: now };
  const topic = conference.topic.replaceAll(/[\\;,]/g, "\\$&").replaceAll(/\r?\n/g, "\\n");
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Sandbox//EN",
    "BEGIN:VEVENT",
    `UID:${conference.id}@sandbox.invalid`,
    `DTSTAMP:${now}`,
    `DTSTART:${from}`,
    `DTEND:${to}`,
    `SUMMARY:${topic}`,
    `URL:${pageOf(state, conference)}`,
    "END:VEVENT",
    "END:VCALENDAR",
    "",
  ];
  return lines.join("\r\n");
}
