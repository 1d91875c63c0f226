import "server-only";
import type { Temporal } from "temporal-polyfill";
import { keepsAllSchedules, schedulingScope } from "@/lib/access/rules";
import type { Actor } from "@/lib/access/types";
import { findLiveSession } from "@/lib/auth/data";
import { loadActor, requireSchedules } from "@/lib/auth/loaders";
import { loadScheduleStates } from "@/lib/availability/data/states";
import { systemNow } from "@/lib/core/clock";
import { env } from "@/lib/core/env";
import { db } from "@/lib/db/client";
import type { LiveSource } from "@/lib/events/stream";
import { CLINIC_TOPIC, practitionerTopic, timesTopic } from "@/lib/events/topics";
import { loadLocale } from "@/lib/i18n/viewer";
import { isBefore } from "@/lib/time/instant";
import { dateIn, parseDate, startOfDay } from "@/lib/time/zones";
import { listTentative, listVisits } from "../data/visits";
import { describeClinicDay } from "../format/clinic-day";
import type { ClinicDayDto } from "../types/staff";

/** More visits a day than any clinic has. */
const MOST_VISITS = 5_000;
/** The line of the present, and states that the clock alone changes. */
const MINUTE_MS = 60_000;

/** One day of the whole clinic for whoever keeps all schedules. `date` is an ISO date, else today. */
export async function loadClinicDay(date: string | undefined): Promise<ClinicDayDto> {
  const { actor } = await requireSchedules("/admin/calendar");
  return readClinicDay(actor, parseDate(date), systemNow());
}

async function readClinicDay(
  actor: Actor,
  date: Temporal.PlainDate | undefined,
  now: Temporal.Instant,
): Promise<ClinicDayDto> {
  const viewer = { locale: await loadLocale(), timeZone: env().CLINIC_TIME_ZONE };
  const day = date ?? dateIn(now, viewer.timeZone);
  const period = {
    from: startOfDay(day, viewer.timeZone),
    to: startOfDay(day.add({ days: 1 }), viewer.timeZone),
  };
  const [visits, tentative] = await Promise.all([
    listVisits(db(), schedulingScope(actor), period, "asc", MOST_VISITS),
    listTentative(db(), period, now),
  ]);
  const busy = [...new Set(visits.map(({ practitionerId }) => practitionerId))];
  const practitioners = await db().practitioner.findMany({
    where: { OR: [{ active: true }, { id: { in: busy } }] },
    select: {
      id: true,
      displayName: true,
      active: true,
      specialty: { select: { code: true, names: true } },
    },
    orderBy: [{ displayName: "asc" }, { id: "asc" }],
  });
  const since = isBefore(period.from, now) ? period.from : now;
  const schedules = await loadScheduleStates(
    db(),
    practitioners.map(({ id }) => id),
    since,
  );
  return describeClinicDay(day, { practitioners, visits, tentative, schedules }, viewer, now);
}

const KEY = /^clinic-day:(\d{4}-\d{2}-\d{2})$/;

/**
 * `clinic-day:<ISO date>`: the clinic's day, for whoever keeps all schedules as long as they do. Read again when anything in it changes,
 * and with every minute.
 */
export async function resolveClinicDayKey(key: string): Promise<LiveSource | undefined> {
  const day = parseDate(KEY.exec(key)?.[1]);
  const actor = day && (await loadActor());
  if (actor?.kind !== "user" || !keepsAllSchedules(actor)) return undefined;
  const practitioners = await db().practitioner.findMany({ select: { id: true } });
  return {
    topics: [CLINIC_TOPIC, ...practitioners.flatMap(({ id }) => [practitionerTopic(id), timesTopic(id)])],
    snapshot: async () => {
      const now = systemNow();
      const session = await findLiveSession(db(), actor.sessionId, now);
      if (!session || !keepsAllSchedules(session.actor)) return null;
      return readClinicDay(session.actor, day, now);
    },
    endsInMs: () => MINUTE_MS,
  };
}
