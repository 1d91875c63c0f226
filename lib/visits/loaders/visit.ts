import "server-only";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { cache } from "react";
import { appointmentScope, patientScope } from "@/lib/access/rules";
import type { Actor } from "@/lib/access/types";
import { loadActor, noteRefusal, requireRole } from "@/lib/auth/loaders";
import { findConsentText, listMissingConsents } from "@/lib/booking/data/intake";
import { describeConsents } from "@/lib/booking/format/intake";
import { systemNow } from "@/lib/core/clock";
import { db } from "@/lib/db/client";
import type { Locale } from "@/lib/i18n/locales";
import { loadViewer } from "@/lib/i18n/viewer";
import { findTwo } from "@/lib/messaging/data/conversations";
import { findVisit, listVisits, type VisitRow } from "../data/visits";
import { findExpectedStart } from "../data/waits";
import { describeInvite, describePatientVisit, describeState } from "../format/visit";
import { sideOf } from "../rules/side";
import type { RecordingTextDto } from "../types/recording";
import type { PatientVisitDto, VisitState } from "../types/visit";
import { noteFollowing, noteWordsRead, readAudited } from "./audited";
import { loadPersonalLink } from "./link";
import { readRebooking } from "./rebook";

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
  if (visit) return describeInvite(visit, { path, title: await calendarTitle(visit), now: systemNow() });
  await noteRefusal("appointment.calendar", actor);
  return undefined;
}

/** The changing part of one visit, for whoever takes part in it. */
export async function loadVisitState(actor: Actor, appointmentId: string): Promise<VisitState | undefined> {
  const visit = await findVisit(db(), appointmentScope(actor), appointmentId);
  if (!visit) return undefined;
  const now = systemNow();
  const expected = await findExpectedStart(db(), visit, now);
  const [side, viewer] = [sideOf(actor, visit), await loadViewer()];
  await noteFollowing(actor, side, visit, now);
  // Practitioners read times on the clock that their hours are kept in, as their day does.
  const timeZone = side === "practitioner" ? visit.practitioner.timeZone : viewer.timeZone;
  const state = describeState(visit, side, { ...viewer, timeZone }, now, expected);
  if (state.phase !== "in_progress") return state;
  const two = await findTwo(db(), appointmentScope(actor), appointmentId);
  return { ...state, hasTalk: two?.conversationId !== undefined };
}

async function readPatientVisit(
  actor: Actor,
  appointmentId: string,
  rights: PatientVisitDto["rights"],
  path: string,
): Promise<PatientVisitDto> {
  const now = systemNow();
  const visit = await readAudited(actor, appointmentId, "patient", now);
  const viewer = await loadViewer();
  const described = {
    ...describePatientVisit(visit, {
      viewer,
      now,
      rights,
      path,
      calendarTitle: await calendarTitle(visit),
      expected: await findExpectedStart(db(), visit, now),
    }),
    missingConsents: describeConsents(
      await listMissingConsents(db(), patientScope(actor), visit.id),
      viewer.locale,
    ),
    recordingText: visit.windows.recording ? await readRecordingText(viewer.locale) : null,
  };
  if (described.state.phase !== "missed") return described;
  return { ...described, rebooking: await readRebooking(visit, { actor, viewer }, now) };
}

/** What is asked about a recording, in its paragraphs. */
async function readRecordingText(locale: Locale): Promise<RecordingTextDto | null> {
  const text = await findConsentText(db(), "recording");
  if (!text) return null;
  const { consentTextId, version, texts } = text;
  return { consentTextId, version, paragraphs: texts[locale].split(/\n{2,}/) };
}

const calendarTitle = async (visit: VisitRow) =>
  (await getTranslations("visit"))("calendarTitle", { practitioner: visit.practitioner.displayName });

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
  // A visit of these hours is in both; the second look finds it noted.
  for (const rows of [later, earlier]) await noteWordsRead(actor, "patient", rows, now);
  const isOver = (visit: PatientVisitDto) => ["finished", "cancelled", "missed"].includes(visit.state.phase);
  return {
    upcoming: (await Promise.all(later.map(describe))).filter((visit) => !isOver(visit)),
    past: (await Promise.all(earlier.map(describe))).filter(isOver),
  };
}
