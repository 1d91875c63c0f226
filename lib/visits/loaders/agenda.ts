import "server-only";
import type { Temporal } from "temporal-polyfill";
import { practitionerScope } from "@/lib/access/rules";
import type { Actor } from "@/lib/access/types";
import { requireRole } from "@/lib/auth/loaders";
import { loadScheduleStates } from "@/lib/availability/data/states";
import { listAnswers } from "@/lib/booking/data/answers";
import { listConsents } from "@/lib/booking/data/intake";
import { systemNow } from "@/lib/core/clock";
import { InvariantError } from "@/lib/core/errors";
import { db } from "@/lib/db/client";
import { loadLocale, loadViewer } from "@/lib/i18n/viewer";
import { formatDateRange, type Viewer, zoneCity } from "@/lib/time/format";
import { dateIn, parseDate, startOfDay } from "@/lib/time/zones";
import { findLinkedVisits } from "../data/linked";
import { describePractitionerVisit } from "../format/staff";
import type { AgendaDto, AgendaWeekDto, PractitionerVisitDto } from "../types/agenda";
import { readAgendaDays, readItemDay } from "./agenda-days";
import { readAudited } from "./audited";

/** One day of the signed-in practitioner, in the practitioner's own zone. `date` is an ISO date, else today. */
export async function loadAgenda(date: string | undefined): Promise<AgendaDto> {
  const { actor } = await requireRole("practitioner", "/agenda");
  return readAgenda(actor, date, systemNow());
}

/** The week of the signed-in practitioner in which a date is, else this week. */
export async function loadAgendaWeek(date: string | undefined): Promise<AgendaWeekDto> {
  const { actor } = await requireRole("practitioner", "/agenda/week");
  return readAgendaWeek(actor, date, systemNow());
}

/** One of the signed-in practitioner's visits, with its reason and answers unsealed. */
export async function loadPractitionerVisit(appointmentId: string): Promise<PractitionerVisitDto> {
  const { actor } = await requireRole("practitioner", `/agenda/${appointmentId}`);
  const now = systemNow();
  const visit = await readAudited(actor, appointmentId, "practitioner", now);
  const [answers, consents, states, viewer, day, linked] = await Promise.all([
    listAnswers(db(), practitionerScope(actor), visit.id, await loadLocale()),
    listConsents(db(), practitionerScope(actor), visit.id),
    loadScheduleStates(db(), [visit.practitionerId], now),
    practitionerViewer(actor),
    readItemDay(visit, now),
    findLinkedVisits(db(), practitionerScope(actor), visit),
  ]);
  const schedule = states.get(visit.practitionerId);
  return describePractitionerVisit(visit, { answers, consents, schedule, linked, ...day }, viewer, now);
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
  const day = parseDate(date) ?? dateIn(now, viewer.timeZone);
  const [read] = await readAgendaDays(actor, [day], viewer, now);
  if (!read) throw new InvariantError("an agenda was asked for by somebody who has none");
  return {
    ...read,
    previous: day.subtract({ days: 1 }).toString(),
    next: day.add({ days: 1 }).toString(),
    zone: zoneCity(viewer.timeZone),
  };
}

/** The same for the week from Monday on in which a date is. */
export async function readAgendaWeek(
  actor: Actor,
  date: string | undefined,
  now: Temporal.Instant,
): Promise<AgendaWeekDto> {
  const viewer = await practitionerViewer(actor);
  const today = dateIn(now, viewer.timeZone);
  const asked = parseDate(date) ?? today;
  const monday = asked.subtract({ days: asked.dayOfWeek - 1 });
  const dates = Array.from({ length: 7 }, (_, days) => monday.add({ days }));
  const startOf = (day: Temporal.PlainDate) => startOfDay(day, viewer.timeZone);
  return {
    from: monday.toString(),
    previous: monday.subtract({ days: 7 }).toString(),
    next: monday.add({ days: 7 }).toString(),
    isThisWeek: dates.some((day) => day.equals(today)),
    title: formatDateRange(startOf(monday), startOf(monday.add({ days: 6 })), viewer),
    zone: zoneCity(viewer.timeZone),
    days: await readAgendaDays(actor, dates, viewer, now),
  };
}
