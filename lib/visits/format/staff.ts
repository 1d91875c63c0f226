import type { Temporal } from "temporal-polyfill";
import { type MisfitReason, misfitsOf, type ScheduleState } from "@/lib/availability/rules/stranded";
import { staffBookingPath, withQuery } from "@/lib/booking/format/staff";
import { cancelRefusal, moveRefusal } from "@/lib/booking/rules/change";
import type { ConsentKind } from "@/lib/booking/types/intake";
import type { StaffArea } from "@/lib/booking/types/staff";
import { localized } from "@/lib/i18n/localized";
import { unseal } from "@/lib/security/seal";
import { describeMoment, formatDate, formatTime, type Viewer, zonePlace } from "@/lib/time/format";
import { isBefore, toInstant } from "@/lib/time/instant";
import { dateIn } from "@/lib/time/zones";
import type { LinkedVisits } from "../data/linked";
import { type DaySigns, noShowFacts } from "../data/no-show";
import { type VisitRow, visitTimes } from "../data/visits";
import { noShowRefusal, proposedNoShow } from "../rules/no-show";
import type { ExpectedStart } from "../rules/waits";
import type {
  AgendaItemDto,
  LinkedVisitDto,
  NoShowDto,
  NoShowSide,
  PractitionerVisitDto,
  StaffItemDto,
  VisitMark,
} from "../types/agenda";
import type { VisitSettings } from "../types/settings";
import type { StaffVisitDto } from "../types/staff";
import { describeMessages, describeSigns, durationOf } from "./visit";

/** What of its practitioner's day bears on a visit. */
export type ItemDay = {
  /** To tell whether a visit to come still fits it. */
  schedule: ScheduleState | undefined;
  /** Left out where the list says nothing of who is missing. */
  signs?: DaySigns;
  settings?: Pick<VisitSettings, "noShowAfterMinutes">;
  expected?: ReadonlyMap<string, ExpectedStart>;
};

/** A visit as a line of its practitioner's day. */
export function describeAgendaItem(
  row: VisitRow,
  day: ItemDay,
  viewer: Viewer,
  now: Temporal.Instant,
): AgendaItemDto {
  const item = describeStaffItem(row, day, viewer, now);
  return { ...item, state: { ...item.state, messages: describeMessages(row, viewer) } };
}

/** The same for whoever keeps the whole clinic's time. */
export function describeStaffItem(
  row: VisitRow,
  day: ItemDay,
  viewer: Viewer,
  now: Temporal.Instant,
): StaffItemDto {
  const { startAt, endAt } = visitTimes(row);
  return {
    appointmentId: row.id,
    patientName: row.patient.name,
    visitType: localized(row.visitType.names, viewer.locale),
    starts: describeMoment(startAt, viewer, now),
    endTime: formatTime(endAt, viewer),
    durationMinutes: durationOf(row),
    isNoShow: row.status === "noshow",
    marks: marksOf(row, day.schedule, now),
    state: describeSigns(row, "practitioner", viewer, now, day.expected?.get(row.id)),
    noShow: describeNoShow(row, day, now),
  };
}

const SIDES: readonly NoShowSide[] = ["patient", "practitioner"];

function describeNoShow(row: VisitRow, { signs, settings }: ItemDay, now: Temporal.Instant): NoShowDto {
  const isAutomatic = row.noShowAutomatic;
  if (!signs || !settings) return { proposed: null, may: [], isAutomatic };
  const facts = noShowFacts(row, signs);
  return {
    proposed: proposedNoShow(facts, settings, now) ?? null,
    may: SIDES.filter((side) => noShowRefusal(facts, side, now) === undefined),
    isAutomatic,
  };
}

/** What was put there on purpose has its reason; that it does not fit is then no news. */
function marksOf(row: VisitRow, schedule: ScheduleState | undefined, now: Temporal.Instant): VisitMark[] {
  if (row.overbookReasonSealed) return ["overbooked"];
  const isToCome = row.status === "booked" && isBefore(now, toInstant(row.startAt));
  return isToCome && schedule && misfits(row, schedule).length > 0 ? ["misfit"] : [];
}

const misfits = ({ startAt, endAt }: VisitRow, schedule: ScheduleState): MisfitReason[] =>
  misfitsOf(schedule, { start: startAt.getTime(), end: endAt.getTime() });

/** What staff may still do with a visit's time. */
function describeStaffChange(row: VisitRow, now: Temporal.Instant) {
  const changeable = { ...visitTimes(row), changeNoticeMinutes: row.visitType.changeNoticeMinutes };
  return {
    canMove: moveRefusal(changeable, "staff", now) === undefined,
    canCancel: cancelRefusal(changeable, "staff", now) === undefined,
  };
}

const contactOf = ({ patient }: VisitRow) => ({
  name: patient.contactName,
  email: patient.email,
  phone: patient.phone,
});

/** A visit's sealed text in clear, where it has one. The caller has recorded that it is read. */
const unsealed = (sealed: Uint8Array<ArrayBuffer> | null, keyId: string | null, place: string) =>
  sealed && keyId ? unseal({ keyId, sealed }, place) : null;

const overbookReasonOf = ({ id, overbookReasonSealed, overbookReasonKeyId }: VisitRow) =>
  unsealed(overbookReasonSealed, overbookReasonKeyId, `appointment.overbook:${id}`);

const describeLinked = (
  { id, startAt }: { id: string; startAt: Date },
  viewer: Viewer,
  now: Temporal.Instant,
): LinkedVisitDto => ({ appointmentId: id, starts: describeMoment(toInstant(startAt), viewer, now) });

/** A visit beside its practitioner's call, with what the patient wrote. */
export function describePractitionerVisit(
  row: VisitRow,
  {
    answers,
    consents,
    linked,
    ...day
  }: Pick<PractitionerVisitDto, "answers"> &
    ItemDay & {
      linked: LinkedVisits;
      consents: readonly { kind: ConsentKind; version: number; agreedAt: Temporal.Instant }[];
    },
  viewer: Viewer,
  now: Temporal.Instant,
): PractitionerVisitDto {
  const { conference } = row.encounter;
  return {
    ...describeAgendaItem(row, day, viewer, now),
    ...describeStaffChange(row, now),
    date: dateIn(toInstant(row.startAt), viewer.timeZone).toString(),
    follows: linked.follows ? describeLinked(linked.follows, viewer, now) : null,
    followedBy: linked.followedBy.map((one) => describeLinked(one, viewer, now)),
    followUpHref: withQuery(staffBookingPath("agenda"), { follows: row.id }),
    reason: unsealed(row.reasonSealed, row.reasonKeyId, `appointment.reason:${row.id}`),
    cancelReason: unsealed(row.cancelReasonSealed, row.cancelReasonKeyId, `appointment.cancel:${row.id}`),
    overbookReason: overbookReasonOf(row),
    consents: consents.map(({ agreedAt, ...consent }) => ({
      ...consent,
      agreed: formatDate(agreedAt, viewer, now),
    })),
    patientContact: contactOf(row),
    answers,
    conferenceCalendar: {
      google: conference?.calendarGoogle ?? null,
      outlook: conference?.calendarOutlook ?? null,
      ics: conference?.calendarIcs ?? null,
    },
    conferenceFailure: conference?.lastFailure ?? null,
  };
}

/** A visit for whoever keeps its time: nothing of why the patient comes. */
export function describeStaffVisit(
  row: VisitRow,
  { area, ...day }: ItemDay & { area: StaffArea },
  viewer: Viewer,
  now: Temporal.Instant,
): StaffVisitDto {
  const date = dateIn(toInstant(row.startAt), viewer.timeZone);
  const base = area === "admin" ? "/admin/calendar" : "/agenda";
  const { movedFromAt } = row;
  const moved = movedFromAt && describeMoment(toInstant(movedFromAt), viewer, now);
  return {
    ...describeStaffItem(row, day, viewer, now),
    ...describeStaffChange(row, now),
    area,
    path: `${base}/${row.id}`,
    dayPath: `${base}?date=${date}`,
    practitionerId: row.practitionerId,
    practitionerName: row.practitioner.displayName,
    visitTypeId: row.visitTypeId,
    zone: zonePlace(viewer),
    patientId: row.patientId,
    contact: contactOf(row),
    overbookReason: overbookReasonOf(row),
    movedFrom: moved ? `${moved.shortDate}, ${moved.time}` : null,
    cancelledBy: row.cancelledBy,
  };
}
