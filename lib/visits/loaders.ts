import "server-only";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { cache } from "react";
import type { Temporal } from "temporal-polyfill";
import { appointmentScope, auditActor, patientScope, practitionerScope } from "@/lib/access/rules";
import type { Actor, LinkActor } from "@/lib/access/types";
import { recordAudit } from "@/lib/audit/mutations";
import { findLiveSession } from "@/lib/auth/data";
import { loadActor, requireRole } from "@/lib/auth/loaders";
import { systemNow } from "@/lib/core/clock";
import { ok } from "@/lib/core/result";
import { db } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { appointmentTopic, practitionerTopic, type Topic } from "@/lib/events/topics";
import { loadViewer } from "@/lib/i18n/viewer";
import { formatDate, type Viewer, zoneCity } from "@/lib/time/format";
import { dateIn, parseDate, startOfDay } from "@/lib/time/zones";
import { findLinkedAppointment, findVisit, listVisits, type VisitRow } from "./data";
import {
  describeAgendaItem,
  describeInvite,
  describePatientVisit,
  describePractitionerVisit,
  describeState,
} from "./format";
import { linkRights } from "./rules/windows";
import type { AgendaDto, LinkRights, PatientVisitDto, PractitionerVisitDto, VisitState } from "./types";

export type PersonalLink = { actor: LinkActor; rights: Exclude<LinkRights, "none"> };

/** Who holds this personal link and what it still opens; `undefined` for every link that opens nothing, whatever the reason. */
export const loadPersonalLink = cache(async (token: string): Promise<PersonalLink | undefined> => {
  const linked = await findLinkedAppointment(db(), token);
  if (!linked) return undefined;
  const rights = linkRights(linked, systemNow());
  if (rights === "none") return undefined;
  const { appointmentId, patientPseudonym } = linked;
  return { actor: { kind: "link", appointmentId, patientPseudonym }, rights };
});

/** Who asks: the holder of the link whose token came in the body, else whoever is signed in. A link opens its own visit only. */
export async function loadVisitActor(
  token: string | undefined,
): Promise<{ actor: Actor; rights: "full" | "read" }> {
  if (token === undefined) return { actor: await loadActor(), rights: "full" };
  return (await loadPersonalLink(token)) ?? { actor: { kind: "anonymous" }, rights: "read" };
}

/** A visit as its patient sees it, by account; read, and noted as read, once for a page and its title. */
export const loadPatientVisit = cache(
  async (appointmentId: string): Promise<PatientVisitDto> =>
    readPatientVisit(await loadActor(), appointmentId, "full", `/visit/${appointmentId}`),
);

/** A visit as the holder of its personal link sees it; read once, as above. Not found for a link that opens nothing. */
export const loadLinkedVisit = cache(async (token: string): Promise<PatientVisitDto> => {
  const link = await loadPersonalLink(token);
  if (!link) notFound();
  return readPatientVisit(link.actor, link.actor.appointmentId, link.rights, `/v/${token}`);
});

/** The calendar file of a signed-in patient's visit. */
export async function loadPatientInvite(appointmentId: string): Promise<string | undefined> {
  return readInvite(await loadActor(), appointmentId, `/visit/${appointmentId}`);
}

/** The calendar file of a personal link's visit. */
export async function loadLinkedInvite(token: string): Promise<string | undefined> {
  const link = await loadPersonalLink(token);
  return link ? readInvite(link.actor, link.actor.appointmentId, `/v/${token}`) : undefined;
}

async function readInvite(actor: Actor, appointmentId: string, path: string): Promise<string | undefined> {
  const visit = await findVisit(db(), patientScope(actor), appointmentId);
  return visit
    ? describeInvite(visit, { path, title: await calendarTitle(visit), now: systemNow() })
    : undefined;
}

/** The changing part of one visit, for whoever takes part in it. */
export async function loadVisitState(actor: Actor, appointmentId: string): Promise<VisitState | undefined> {
  const visit = await findVisit(db(), appointmentScope(actor), appointmentId);
  return visit ? describeState(visit, await loadViewer(), systemNow()) : undefined;
}

async function readPatientVisit(
  actor: Actor,
  appointmentId: string,
  rights: "full" | "read",
  path: string,
): Promise<PatientVisitDto> {
  const now = systemNow();
  const visit = await readAudited(actor, appointmentId, "patient", now);
  const viewer = await loadViewer();
  return describePatientVisit(visit, {
    viewer,
    now,
    rights,
    path,
    calendarTitle: await calendarTitle(visit),
  });
}

const calendarTitle = async (visit: VisitRow) =>
  (await getTranslations("visit"))("calendarTitle", { practitioner: visit.practitioner.displayName });

/** Reads one visit and writes into the trail that it was read; without the second there is no first. */
async function readAudited(
  actor: Actor,
  appointmentId: string,
  as: "patient" | "practitioner",
  now: Temporal.Instant,
): Promise<VisitRow> {
  const scope = as === "patient" ? patientScope(actor) : practitionerScope(actor);
  const read = await transaction(async (tx) => {
    const visit = await findVisit(tx, scope, appointmentId);
    if (!visit) return ok(undefined);
    await recordAudit(
      tx,
      {
        action: "appointment.read",
        details: { as },
        actor: auditActor(actor),
        outcome: "success",
        subject: visit.patient.pseudonym,
        entity: { type: "appointment", id: visit.id },
      },
      now,
    );
    return ok(visit);
  });
  return (read.ok && read.value) || notFound();
}

/** A signed-in patient's visits: those to come in order, those that were with the last first. */
export async function loadMyVisits(): Promise<{ upcoming: PatientVisitDto[]; past: PatientVisitDto[] }> {
  const { actor } = await requireRole("patient", "/visits");
  const [viewer, now] = [await loadViewer(), systemNow()];
  const live = now.subtract({ hours: 12 });
  const describe = async (row: VisitRow) =>
    describePatientVisit(row, {
      viewer,
      now,
      rights: "full",
      path: `/visit/${row.id}`,
      calendarTitle: await calendarTitle(row),
    });
  const [later, earlier] = await Promise.all([
    listVisits(db(), patientScope(actor), { from: live }),
    listVisits(db(), patientScope(actor), { to: now }, "desc", 50),
  ]);
  const isOver = (visit: PatientVisitDto) => ["finished", "cancelled", "missed"].includes(visit.state.phase);
  return {
    upcoming: (await Promise.all(later.map(describe))).filter((visit) => !isOver(visit)),
    past: (await Promise.all(earlier.map(describe))).filter(isOver),
  };
}

/** One day of the signed-in practitioner, in the practitioner's own zone. `date` is an ISO date, else today. */
export async function loadAgenda(date: string | undefined): Promise<AgendaDto> {
  const { actor } = await requireRole("practitioner", "/agenda");
  return readAgenda(actor, date, systemNow());
}

/** One of the signed-in practitioner's visits, with its reason unsealed. */
export async function loadPractitionerVisit(appointmentId: string): Promise<PractitionerVisitDto> {
  const { actor } = await requireRole("practitioner", `/agenda/${appointmentId}`);
  const now = systemNow();
  const visit = await readAudited(actor, appointmentId, "practitioner", now);
  return describePractitionerVisit(visit, await practitionerViewer(actor), now);
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

export type LiveKey = { topics: Topic[]; snapshot: () => Promise<unknown> };

/**
 * What a page may follow while it is open: `appointment:<id>`, a visit of one's own, or `agenda:<ISO date>`, a practitioner's day.
 * Every snapshot looks again whether it is still theirs; `null` says that it is not.
 */
export async function resolveLiveKey(key: string, token: string | undefined): Promise<LiveKey | undefined> {
  const [kind, id = ""] = key.split(":");
  const { actor } = await loadVisitActor(token);
  const guarded = (read: () => Promise<unknown>) => async () =>
    (await isStillGood(actor, token)) ? read() : null;
  if (kind === "agenda" && actor.kind === "user" && actor.practitionerId && parseDate(id)) {
    return {
      topics: [practitionerTopic(actor.practitionerId)],
      snapshot: guarded(() => readAgenda(actor, id, systemNow())),
    };
  }
  if (kind !== "appointment" || !(await findVisit(db(), appointmentScope(actor), id))) return undefined;
  return {
    topics: [appointmentTopic(id)],
    snapshot: guarded(async () => (await loadVisitState(actor, id)) ?? null),
  };
}

/** Whether what the asker came with still holds: a session may have been ended, a link revoked, while the page was open. */
async function isStillGood(actor: Actor, token: string | undefined): Promise<boolean> {
  const now = systemNow();
  if (actor.kind === "user") return (await findLiveSession(db(), actor.sessionId, now)) !== undefined;
  const linked = token === undefined ? undefined : await findLinkedAppointment(db(), token);
  return linked !== undefined && linkRights(linked, now) !== "none";
}

async function readAgenda(actor: Actor, date: string | undefined, now: Temporal.Instant): Promise<AgendaDto> {
  const viewer = await practitionerViewer(actor);
  const today = dateIn(now, viewer.timeZone);
  const day = parseDate(date) ?? today;
  const from = startOfDay(day, viewer.timeZone);
  const to = startOfDay(day.add({ days: 1 }), viewer.timeZone);
  const rows = await listVisits(db(), practitionerScope(actor), { from, to });
  return {
    date: day.toString(),
    isToday: day.equals(today),
    previous: day.subtract({ days: 1 }).toString(),
    next: day.add({ days: 1 }).toString(),
    title: formatDate(from, viewer, now),
    zone: zoneCity(viewer.timeZone),
    items: rows
      .filter((row) => row.status !== "cancelled")
      .map((row) => describeAgendaItem(row, viewer, now)),
  };
}
