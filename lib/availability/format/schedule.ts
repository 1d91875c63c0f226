import { Temporal } from "temporal-polyfill";
import { localized } from "@/lib/i18n/localized";
import { formatDate, formatTime, zonePlace } from "@/lib/time/format";
import { dateIn, startOfDay } from "@/lib/time/zones";
import type { KeptSchedule } from "../data/schedule";
import { timeOffInterval } from "../rules/away";
import type {
  DateOverride,
  PlanLineDto,
  ScheduleDto,
  Stranded,
  StrandedDto,
  TimeOffPeriod,
  WeeklyPlan,
} from "../types";
import { describeHours, isWholeDay } from "./hours";

/** The reader's language, the present, and the words for a day around the clock. */
export type Reader = { locale: string; now: Temporal.Instant; aroundTheClock: string };

/** What the page's address asks to be shown. */
export type ScheduleQuery = { plan?: string | undefined; date?: string | undefined };

/** The address of hours that hold since ever, and of those that are still to be made. */
const FIRST_PLAN = "first";
export const NEW_PLAN = "new";

/** More stranded visits than this are counted and not listed. */
const LISTED = 50;

/** "Tuesday 14 March", with the year where it is another one. */
export const describeCivilDate = (date: string, { locale, now }: Pick<Reader, "locale" | "now">): string =>
  formatDate(startOfDay(Temporal.PlainDate.from(date), "UTC"), { locale, timeZone: "UTC" }, now);

/** One day, or the first and the last of some. */
export const describeDays = (
  startOn: string,
  endOn: string,
  reader: Pick<Reader, "locale" | "now">,
): string => [...new Set([startOn, endOn])].map((date) => describeCivilDate(date, reader)).join(" – ");

/** A schedule as those who keep it read and change it. */
export function describeSchedule(kept: KeptSchedule, query: ScheduleQuery, reader: Reader): ScheduleDto {
  const { practitionerId, timeZone } = kept;
  const today = dateIn(reader.now, timeZone).toString();
  const plans = kept.plans.filter(({ to }) => to === null || today <= to);
  const present = plans[0] ?? { from: null, to: null, hours: [] };
  const isNew = query.plan === NEW_PLAN;
  const shown = isNew ? undefined : (plans.find((plan) => keyOf(plan) === query.plan) ?? present);
  return {
    practitionerId,
    timeZone,
    place: zonePlace({ locale: reader.locale, timeZone }),
    today,
    plans: plans.map((plan) =>
      describePlan(plan, { isPresent: plan === present, isShown: plan === shown }, reader),
    ),
    plan: shown
      ? { ...shown, key: keyOf(shown), isNew }
      : { from: null, to: null, hours: present.hours, key: NEW_PLAN, isNew },
    overrides: kept.overrides.filter(({ date }) => today <= date).map((one) => describeOverride(one, reader)),
    override: kept.overrides.find(({ date }) => date === query.date && today <= date) ?? null,
    timesOff: kept.timesOff
      .filter((period) => timeOffInterval(period, timeZone).end > reader.now.epochMilliseconds)
      .map((period) => ({ timeOffId: period.timeOffId, label: describeTimeOff(period, reader) })),
  };
}

const keyOf = ({ from }: WeeklyPlan): string => from ?? FIRST_PLAN;

function describePlan(
  plan: WeeklyPlan,
  state: { isPresent: boolean; isShown: boolean },
  reader: Reader,
): PlanLineDto {
  const { from, to, hours } = plan;
  return {
    key: keyOf(plan),
    from: from === null ? null : describeCivilDate(from, reader),
    to: to === null ? null : describeCivilDate(to, reader),
    validFrom: from,
    lines: describeHours(hours, reader.locale, reader.aroundTheClock),
    ...state,
  };
}

const describeOverride = ({ date, intervals }: DateOverride, reader: Reader) => ({
  date,
  label: describeCivilDate(date, reader),
  lines: intervals.map((interval) =>
    isWholeDay(interval) ? reader.aroundTheClock : `${interval.startTime}–${interval.endTime}`,
  ),
});

/** Whole days by their dates alone: what ends at midnight ends with the day before. */
function describeTimeOff({ startOn, startTime, endOn, endTime }: TimeOffPeriod, reader: Reader): string {
  const lastOn =
    endTime === "00:00" ? Temporal.PlainDate.from(endOn).subtract({ days: 1 }).toString() : endOn;
  if (startTime === "00:00" && endTime === "00:00") return describeDays(startOn, lastOn, reader);
  const first = `${describeCivilDate(startOn, reader)}, ${startTime}`;
  if (startOn === endOn) return `${first}–${endTime}`;
  return `${first} – ${describeCivilDate(endOn, reader)}, ${endTime}`;
}

/**
 * The visits that a change would strand, each on its practitioner's clock.
 *
 * @param room where the reader opens a visit: `/agenda` or `/admin/calendar`
 */
export const describeStranded = (
  { visits, key }: Stranded,
  room: string,
  { locale, now }: Pick<Reader, "locale" | "now">,
): StrandedDto => ({
  visits: visits.slice(0, LISTED).map((visit) => {
    const viewer = { locale, timeZone: visit.timeZone };
    return {
      appointmentId: visit.appointmentId,
      href: `${room}/${visit.appointmentId}`,
      date: formatDate(visit.startAt, viewer, now),
      time: formatTime(visit.startAt, viewer),
      visitType: localized(visit.visitTypeNames, locale),
      patient: visit.patientName,
      practitioner: visit.practitionerName,
    };
  }),
  more: Math.max(0, visits.length - LISTED),
  key,
});
