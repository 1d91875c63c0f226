import type { Temporal } from "temporal-polyfill";
import { changeableUntil, moveRefusal } from "@/lib/booking/rules/change";
import { appointmentUid, buildInvite } from "@/lib/calendar/invite";
import { googleCalendarUrl, outlookCalendarUrl } from "@/lib/calendar/links";
import { env } from "@/lib/core/env";
import { localized } from "@/lib/i18n/localized";
import { mailSender } from "@/lib/mail/sender";
import { unseal } from "@/lib/security/seal";
import { describeMoment, formatTime, sameClock, type Viewer } from "@/lib/time/format";
import { isBefore, toInstant } from "@/lib/time/instant";
import { dateIn } from "@/lib/time/zones";
import { waitingMessagePlace } from "../constants";
import { type VisitRow, visitTimes } from "../data/visits";
import { callState, ringsUntil } from "../rules/calling";
import { endsByItself } from "../rules/overrun";
import { sidesPresent } from "../rules/presence";
import type { ExpectedStart } from "../rules/waits";
import { phaseChangesAt, visitPhase, type WindowSide } from "../rules/windows";
import type {
  PatientVisitDto,
  VisitChangeDto,
  VisitSigns,
  VisitState,
  WaitingMessageDto,
} from "../types/visit";

/** The changing part of a visit, as pages and the live stream show it to those who take part in it. */
export const describeState = (row: VisitRow, ...rest: Around): VisitState => ({
  ...describeSigns(row, ...rest),
  messages: describeMessages(row, rest[1]),
});

/** `expected`: as the practitioner's day says; lists that do not say it leave it out. */
type Around = [side: WindowSide, viewer: Viewer, now: Temporal.Instant, expected?: ExpectedStart | undefined];

/** The same without what the two say to each other: for whoever keeps the visit's time. Nothing sealed is opened for it. */
export function describeSigns(row: VisitRow, ...[side, viewer, now, expected]: Around): VisitSigns {
  const times = visitTimes(row);
  const { arrivedAt, conference, deviceCheck } = row.encounter;
  return {
    appointmentId: row.id,
    phase: visitPhase(times, side, now),
    startsAt: times.startAt.toString(),
    arrivedTime: arrivedAt ? formatTime(toInstant(arrivedAt), viewer) : null,
    conferenceReady: conference?.openedAt != null && conference.lastFailure === null,
    changesAt: changesAt(row, side, now)?.toString() ?? null,
    opensMinutes: side === "patient" ? row.windows.patientOpensMinutes : row.windows.practitionerOpensMinutes,
    practitionerName: row.practitioner.displayName,
    presence: describePresence(row, now),
    deviceCheck: deviceCheck && {
      outcome: deviceCheck.outcome,
      checkedTime: describeLately(toInstant(deviceCheck.checkedAt), viewer, now),
    },
    expected: describeExpected(expected, viewer),
    entry: row.encounter.entry,
    hasAccount: side === "practitioner" && row.practitioner.trueconfUser !== null,
    call: callState(calledOf(row), now),
    endsTime: describeEnd(row, viewer, now),
    selfStarted: side === "practitioner" && isSelfStarted(row),
    appLinks: row.windows.appLinks,
    people: describePeople(row),
    recording: {
      isOffered: row.windows.recording,
      isAgreed: row.windows.recording && row.consents.length > 0,
      isOn: row.encounter.conference?.recording ?? false,
    },
    noShow: row.noShow,
    signedParts: row.encounter._count.summaries,
    fromLine: fromLine(row),
  };
}

/** What the portal itself cancels of the line's visits it has put back. */
const fromLine = ({ origin, status, cancelledBy }: VisitRow): VisitState["fromLine"] =>
  origin !== "now" ? null : status === "cancelled" && cancelledBy === "system" ? "put_back" : "came";

const calledOf = ({ encounter }: VisitRow) => ({
  calledAt: encounter.calledAt ? toInstant(encounter.calledAt) : undefined,
  encounterStatus: encounter.status,
  // Where seats are not counted, none keeps a patient waiting.
  isInside: env().TRUECONF_GUEST_SEATS !== undefined && isInside(encounter, "practitioner"),
});

/** In the conference now, as TrueConf shows it where it is looked at. */
const isInside = ({ attendances }: VisitRow["encounter"], side: "patient" | "practitioner"): boolean =>
  attendances.some((stay) => stay.source === "participants" && !stay.toAt && stay.side === side);

/** When a visit in progress ends by itself, and from when on that is said. */
function endOf(row: VisitRow) {
  const { status, startedAt, conference } = row.encounter;
  if (status !== "in_progress") return undefined;
  const { startAt, endAt } = visitTimes(row);
  const aloneSince = conference?.aloneSince ? toInstant(conference.aloneSince) : undefined;
  const began = startedAt ? toInstant(startedAt) : undefined;
  return endsByItself({ startAt, endAt, startedAt: began, aloneSince }, row.windows);
}

function describeEnd(row: VisitRow, viewer: Viewer, now: Temporal.Instant): string | null {
  const end = endOf(row);
  return end && !isBefore(now, end.saidFrom) ? formatTime(end.at, viewer) : null;
}

/** When the clock alone next changes something: the phase, that a ringing has gone on for long enough, or that the end is near. */
function changesAt(row: VisitRow, side: WindowSide, now: Temporal.Instant): Temporal.Instant | undefined {
  const end = endOf(row);
  if (end) return isBefore(now, end.saidFrom) ? end.saidFrom : undefined;
  const phase = phaseChangesAt(visitTimes(row), side, now);
  const called = calledOf(row);
  const { calledAt } = called;
  if (!calledAt || callState(called, now) !== "calling") return phase;
  const ring = ringsUntil(calledAt);
  return phase && isBefore(phase, ring) ? phase : ring;
}

/** TrueConf runs it, and nobody here has asked for that. */
const isSelfStarted = ({ encounter: { status, calledAt, conference } }: VisitRow): boolean =>
  (status === "planned" || status === "arrived") &&
  calledAt === null &&
  conference?.selfStartedAt != null &&
  conference.state === "running";

/**
 * Who takes part: the two, and whoever was asked in. Whether they are in the conference, TrueConf says where it is looked at. Those who
 * were sent away are nobody's to see.
 */
function describePeople({ encounter, patient, practitioner }: VisitRow): VisitState["people"] {
  const inside = encounter.attendances.filter(({ source, toAt }) => source === "participants" && !toAt);
  return [
    {
      key: "practitioner",
      name: practitioner.displayName,
      kind: "practitioner",
      isIn: isInside(encounter, "practitioner"),
      status: null,
      invitedBy: null,
    },
    {
      key: "patient",
      name: patient.name,
      kind: "patient",
      isIn: isInside(encounter, "patient"),
      status: null,
      invitedBy: null,
    },
    ...encounter.thirdPersons
      .filter(({ status }) => status !== "revoked")
      .map(({ id, name, kind, status, invitedBy }) => ({
        key: id,
        name,
        kind,
        isIn: inside.some((stay) => stay.thirdPersonId === id),
        status,
        invitedBy,
      })),
  ];
}

/** A time of today; with its date, of another day. */
function describeLately(instant: Temporal.Instant, viewer: Viewer, now: Temporal.Instant): string {
  const { shortDate, time } = describeMoment(instant, viewer, now);
  const isToday = dateIn(instant, viewer.timeZone).equals(dateIn(now, viewer.timeZone));
  return isToday ? time : `${shortDate}, ${time}`;
}

/** On time is no news. */
const describeExpected = (expected: ExpectedStart | undefined, viewer: Viewer): VisitState["expected"] =>
  expected && expected.lateMinutes > 0
    ? {
        startsAt: expected.startAt.toString(),
        time: formatTime(expected.startAt, viewer),
        lateMinutes: expected.lateMinutes,
      }
    : null;

const describePresence = ({ encounter }: VisitRow, now: Temporal.Instant): VisitState["presence"] => {
  const sides = sidesPresent(encounter.presences, now);
  return { patient: sides.has("patient"), practitioner: sides.has("practitioner") };
};

/** What the practitioner has said to whoever waits; it may say why somebody comes. */
export const describeMessages = ({ encounter }: VisitRow, viewer: Viewer): WaitingMessageDto[] =>
  encounter.messages.map((message) => describeMessage(message, viewer));

const describeMessage = (
  { id, kind, textSealed, textKeyId, createdAt }: VisitRow["encounter"]["messages"][number],
  viewer: Viewer,
): WaitingMessageDto => ({
  id,
  kind,
  text:
    textSealed && textKeyId
      ? unseal({ keyId: textKeyId, sealed: textSealed }, waitingMessagePlace(id))
      : null,
  time: formatTime(toInstant(createdAt), viewer),
});

export const durationOf = (row: VisitRow) =>
  Math.round((row.endAt.getTime() - row.startAt.getTime()) / 60_000);

type Page = {
  viewer: Viewer;
  now: Temporal.Instant;
  rights: PatientVisitDto["rights"];
  /** The path of this page, which calendar entries point to. */
  path: string;
  calendarTitle: string;
  expected?: ExpectedStart | undefined;
};

/** A visit for its patient, on the patient's clock. */
export function describePatientVisit(
  row: VisitRow,
  { viewer, now, rights, path, calendarTitle, expected }: Page,
): PatientVisitDto {
  const { startAt, endAt } = visitTimes(row);
  const { timeZone } = row.practitioner;
  const event = {
    title: calendarTitle,
    startAt,
    endAt,
    url: `${env().PORTAL_URL}${path}`,
  };
  return {
    appointmentId: row.id,
    practitionerId: row.practitionerId,
    visitTypeId: row.visitTypeId,
    practitionerName: row.practitioner.displayName,
    specialty: localized(row.practitioner.specialty.names, viewer.locale),
    visitType: localized(row.visitType.names, viewer.locale),
    durationMinutes: durationOf(row),
    path,
    starts: describeMoment(startAt, viewer, now),
    endTime: formatTime(endAt, viewer),
    practitionerStarts: sameClock(startAt, viewer.timeZone, timeZone)
      ? null
      : describeMoment(startAt, { ...viewer, timeZone }, now),
    spokenFor: path.startsWith("/v/") || row.patient.userId !== null ? null : row.patient.name,
    rights,
    calendar: {
      google: googleCalendarUrl(event),
      outlook: outlookCalendarUrl(event),
      ics: `${path}/calendar.ics`,
      subscribe: subscribePath(row, path),
    },
    videoOrigin: env().TRUECONF_WEB_ORIGIN,
    state: describeState(row, "patient", viewer, now, expected),
    change: describeChange(row, viewer, now, rights),
    rebooking: null,
    missingConsents: [],
    recordingText: null,
  };
}

/** An account's calendar is made in the account; a link makes one only for a patient without. */
function subscribePath({ patient: { userId, contactUserId } }: VisitRow, path: string): string | null {
  if (!path.startsWith("/v/")) return "/visits/subscribe";
  return userId === null && contactUserId === null ? `${path}/subscribe` : null;
}

/** What a patient may still change. A link whose visit is over changes nothing, whatever the times. */
function describeChange(
  row: VisitRow,
  viewer: Viewer,
  now: Temporal.Instant,
  rights: PatientVisitDto["rights"],
): VisitChangeDto {
  const { changeNoticeMinutes } = row.visitType;
  const changeable = { ...visitTimes(row), changeNoticeMinutes };
  const { movedFromAt } = row;
  return {
    refusal: rights === "after" ? "not_changeable" : (moveRefusal(changeable, "patient", now) ?? null),
    until: changeNoticeMinutes > 0 ? describeMoment(changeableUntil(changeable), viewer, now) : null,
    movedFrom: movedFromAt ? describeMoment(toInstant(movedFromAt), viewer, now) : null,
  };
}

/** A visit as a calendar file to keep, in the words of this page. */
export function describeInvite(
  row: VisitRow,
  { path, title, now }: { path: string; title: string; now: Temporal.Instant },
): string {
  const { startAt, endAt } = visitTimes(row);
  const url = `${env().PORTAL_URL}${path}`;
  return buildInvite({
    method: "PUBLISH",
    isCancelled: row.status === "cancelled",
    uid: appointmentUid(row.id, env().PORTAL_URL),
    sequence: row.sequence,
    startAt,
    endAt,
    summary: title,
    description: url,
    url,
    organizer: mailSender(),
    now,
  });
}
