import "server-only";
import type { Temporal } from "temporal-polyfill";
import { practitionerScope } from "@/lib/access/rules";
import type { Actor } from "@/lib/access/types";
import { loadScheduleStates } from "@/lib/availability/data/states";
import { unsafeIsInVisit } from "@/lib/booking/data/instant";
import { db } from "@/lib/db/client";
import { formatDate, formatShortDate, type Viewer } from "@/lib/time/format";
import { isBefore, toInstant } from "@/lib/time/instant";
import { dateIn, startOfDay } from "@/lib/time/zones";
import { findDaySigns, listDelays } from "../data/no-show";
import { readVisitSettings } from "../data/settings";
import { listVisits, type VisitRow } from "../data/visits";
import { unsafeFindExpectedStarts } from "../data/waits";
import { describeAway } from "../format/clinic-day";
import { describeAgendaItem, type ItemDay } from "../format/staff";
import type { AgendaDayDto } from "../types/agenda";
import { noteWordsRead } from "./audited";

/** More visits a week than anybody has. */
const MOST_VISITS = 1_000;

/**
 * Some days of one practitioner in order, on the viewer's clock, which is theirs. What is cancelled is left out. That it opens what was said
 * to those who wait is in the trail.
 */
export async function readAgendaDays(
  actor: Actor,
  dates: readonly Temporal.PlainDate[],
  viewer: Viewer,
  now: Temporal.Instant,
): Promise<AgendaDayDto[]> {
  const days = dates.map((date) => ({
    date,
    from: startOfDay(date, viewer.timeZone),
    to: startOfDay(date.add({ days: 1 }), viewer.timeZone),
  }));
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last || actor.kind !== "user" || !actor.practitionerId) return [];
  const { practitionerId } = actor;
  const period = { from: first.from, to: last.to };
  const today = dateIn(now, viewer.timeZone);
  const since = isBefore(period.from, now) ? period.from : now;
  const [all, states, delays, settings, practitionerBusy, expected] = await Promise.all([
    listVisits(db(), practitionerScope(actor), period, "asc", MOST_VISITS),
    loadScheduleStates(db(), [practitionerId], since),
    listDelays(db(), practitionerId, { from: first.date, to: last.date }),
    readVisitSettings(db()),
    unsafeIsInVisit(db(), practitionerId),
    unsafeFindExpectedStarts(db(), { practitionerId, timeZone: viewer.timeZone }, today, now),
  ]);
  const rows = all.filter(({ status }) => status !== "cancelled");
  await noteWordsRead(actor, "practitioner", rows, now);
  const schedule = states.get(practitionerId);
  return days.map(({ date, from, to }) => {
    const { minutes: delayMinutes, toldMinutes } = delays.get(date.toString()) ?? NO_DELAY;
    const day = { schedule, settings, expected, signs: { toldMinutes, practitionerBusy } };
    const own = rows.filter(({ startAt }) => {
      const start = toInstant(startAt);
      return !isBefore(start, from) && isBefore(start, to);
    });
    return {
      date: date.toString(),
      isToday: date.equals(today),
      title: formatDate(from, viewer, now),
      shortTitle: formatShortDate(from, viewer),
      delayMinutes,
      away: schedule ? describeAway(schedule, { from, to }, viewer) : [],
      items: own.map((row) => describeAgendaItem(row, day, viewer, now)),
    };
  });
}

const NO_DELAY = { minutes: 0, toldMinutes: 0 };

/** What of its practitioner's day bears on one visit, beside the schedule. */
export async function readItemDay(row: VisitRow, now: Temporal.Instant): Promise<Omit<ItemDay, "schedule">> {
  const { practitionerId } = row;
  const { timeZone } = row.practitioner;
  const date = dateIn(toInstant(row.startAt), timeZone);
  const [signs, settings, expected] = await Promise.all([
    findDaySigns(db(), practitionerId, date),
    readVisitSettings(db()),
    unsafeFindExpectedStarts(db(), { practitionerId, timeZone }, date, now),
  ]);
  return { signs, settings, expected };
}
