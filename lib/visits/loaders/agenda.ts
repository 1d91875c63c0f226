import "server-only";
import type { Temporal } from "temporal-polyfill";
import { practitionerScope } from "@/lib/access/rules";
import type { Actor } from "@/lib/access/types";
import { requireRole } from "@/lib/auth/loaders";
import { loadScheduleStates } from "@/lib/availability/data/states";
import type { ScheduleState } from "@/lib/availability/rules/stranded";
import { listAnswers } from "@/lib/booking/data/answers";
import { listConsents } from "@/lib/booking/data/intake";
import { systemNow } from "@/lib/core/clock";
import { db } from "@/lib/db/client";
import { loadLocale, loadViewer } from "@/lib/i18n/viewer";
import { formatDate, type Viewer, zoneCity } from "@/lib/time/format";
import { isBefore } from "@/lib/time/instant";
import { dateIn, parseDate, startOfDay } from "@/lib/time/zones";
import { listVisits } from "../data/visits";
import { describeAway } from "../format/clinic-day";
import { describeAgendaItem, describePractitionerVisit } from "../format/staff";
import type { AgendaDto, PractitionerVisitDto } from "../types/agenda";
import { readAudited } from "./audited";

/** One day of the signed-in practitioner, in the practitioner's own zone. `date` is an ISO date, else today. */
export async function loadAgenda(date: string | undefined): Promise<AgendaDto> {
  const { actor } = await requireRole("practitioner", "/agenda");
  return readAgenda(actor, date, systemNow());
}

/** One of the signed-in practitioner's visits, with its reason and answers unsealed. */
export async function loadPractitionerVisit(appointmentId: string): Promise<PractitionerVisitDto> {
  const { actor } = await requireRole("practitioner", `/agenda/${appointmentId}`);
  const now = systemNow();
  const visit = await readAudited(actor, appointmentId, "practitioner", now);
  const [answers, consents, states, viewer] = await Promise.all([
    listAnswers(db(), visit.id, await loadLocale()),
    listConsents(db(), visit.id),
    loadScheduleStates(db(), [visit.practitionerId], now),
    practitionerViewer(actor),
  ]);
  const schedule = states.get(visit.practitionerId);
  return describePractitionerVisit(visit, { answers, consents, schedule }, viewer, now);
}

/** Staff read times on the clock that their hours are kept in. */
async function practitionerViewer(actor: Actor): Promise<Viewer> {
  const { locale, timeZone } = await loadViewer();
  if (actor.kind !== "user" || !actor.practitionerId) return { locale, timeZone };
  const practitioner = await db().practitioner.findUniqueOrThrow({
    where: { id: actor.practitionerId },
    select: { timeZone: true },
  });
  return { locale, timeZone: practitioner.timeZone };
}

/** The day as whoever asks may see it, when a live page asks again. */
export async function readAgenda(
  actor: Actor,
  date: string | undefined,
  now: Temporal.Instant,
): Promise<AgendaDto> {
  const viewer = await practitionerViewer(actor);
  const today = dateIn(now, viewer.timeZone);
  const day = parseDate(date) ?? today;
  const from = startOfDay(day, viewer.timeZone);
  const to = startOfDay(day.add({ days: 1 }), viewer.timeZone);
  const rows = await listVisits(db(), practitionerScope(actor), { from, to });
  const schedule = await loadOwnSchedule(actor, earlier(from, now));
  return {
    date: day.toString(),
    isToday: day.equals(today),
    previous: day.subtract({ days: 1 }).toString(),
    next: day.add({ days: 1 }).toString(),
    title: formatDate(from, viewer, now),
    zone: zoneCity(viewer.timeZone),
    away: schedule ? describeAway(schedule, { from, to }, viewer) : [],
    items: rows
      .filter((row) => row.status !== "cancelled")
      .map((row) => describeAgendaItem(row, schedule, viewer, now)),
  };
}

const earlier = (a: Temporal.Instant, b: Temporal.Instant) => (isBefore(a, b) ? a : b);

/** The practitioner's own schedule, as far as it concerns what comes after an instant. */
async function loadOwnSchedule(actor: Actor, since: Temporal.Instant): Promise<ScheduleState | undefined> {
  if (actor.kind !== "user" || !actor.practitionerId) return undefined;
  const states = await loadScheduleStates(db(), [actor.practitionerId], since);
  return states.get(actor.practitionerId);
}
