import "server-only";
import { notFound } from "next/navigation";
import type { Temporal } from "temporal-polyfill";
import { auditActor, breakGlassScope, emergencyScope } from "@/lib/access/rules";
import type { Actor, AppointmentScope } from "@/lib/access/types";
import { recordAuditOfEach } from "@/lib/audit/mutations";
import { loadActor, noteRefusal, requireRole } from "@/lib/auth/loaders";
import { listAnswers } from "@/lib/booking/data/answers";
import { systemNow } from "@/lib/core/clock";
import { ok } from "@/lib/core/result";
import { db, type Tx } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import type { Locale } from "@/lib/i18n/locales";
import { localized } from "@/lib/i18n/localized";
import { loadLocale, loadViewer } from "@/lib/i18n/viewer";
import { listNotes, listSummary } from "@/lib/records/data";
import { unseal } from "@/lib/security/seal";
import { describeMoment, formatTime, type Viewer, zonePlace } from "@/lib/time/format";
import { toInstant } from "@/lib/time/instant";
import { listVisits, type VisitRow } from "@/lib/visits/data/visits";
import { EMERGENCY_VISITS, emergencyPlace } from "./constants";
import { type EmergencyAccessRow, findAccess, listAccesses } from "./data";
import type { EmergencyAccessDto, EmergencyRecordDto, EmergencyVisitDto } from "./types";

/** The accesses that whoever is signed in holds at present: for the banner above each page of theirs. */
export async function loadAccesses(): Promise<EmergencyAccessDto[]> {
  const [actor, viewer] = [await loadActor(), await loadViewer()];
  const rows = await listAccesses(db(), emergencyScope(actor, systemNow()));
  return rows.map((row) => describeAccess(row, viewer));
}

/** Where a practitioner opens a record; looking opens none. */
export async function requireEmergencyPage(): Promise<void> {
  await requireRole("practitioner", "/emergency");
}

/** A record that its reader has opened by break-glass; anybody else's, and one whose time is over, is not there. */
export async function loadEmergencyRecord(accessId: string): Promise<EmergencyRecordDto> {
  const { actor } = await requireRole("practitioner", "/emergency");
  const [viewer, locale, now] = [await loadViewer(), await loadLocale(), systemNow()];
  const read = await readRecord(actor, accessId, locale, now);
  if (read) return describeRecord(read, viewer, now);
  await noteRefusal("emergency_access.read", actor);
  notFound();
}

type ReadVisit = {
  row: VisitRow;
  answers: EmergencyVisitDto["answers"];
  note: string | null;
  summary: string | null;
};
type ReadRecord = { access: EmergencyAccessRow; visits: ReadVisit[] };

/** Reads what an access opens and writes into the trail of each of its patients that it was read; without the second there is no first. */
export async function readRecord(
  actor: Actor,
  accessId: string,
  locale: Locale,
  now: Temporal.Instant,
): Promise<ReadRecord | undefined> {
  const read = await transaction(async (tx) => {
    const access = await findAccess(tx, emergencyScope(actor, now), accessId);
    if (!access) return ok(undefined);
    const scope = breakGlassScope(actor, accessId, now);
    const rows = await listVisits(tx, scope, {}, "desc", EMERGENCY_VISITS);
    const visits: ReadVisit[] = [];
    for (const row of rows) visits.push(await readVisit(tx, scope, row, locale));
    await recordAuditOfEach(
      tx,
      access.patients.map(({ patient }) => patient.pseudonym),
      {
        action: "emergency_access.read",
        details: {},
        actor: auditActor(actor),
        outcome: "success",
        entity: { type: "emergency_access", id: accessId },
      },
      now,
    );
    return ok({ access, visits });
  });
  return read.ok ? read.value : undefined;
}

async function readVisit(tx: Tx, scope: AppointmentScope, row: VisitRow, locale: Locale): Promise<ReadVisit> {
  const answers = await listAnswers(tx, scope, row.id, locale);
  const [note] = await listNotes(tx, scope, row.encounter.id);
  const signed = (await listSummary(tx, scope, row.encounter.id)).filter(({ signedAt }) => signedAt);
  return {
    row,
    answers,
    note: note?.text || null,
    summary: signed.length > 0 ? signed.map(({ text }) => text).join("\n\n") : null,
  };
}

const describeAccess = (
  { id, expiresAt, patients }: EmergencyAccessRow,
  viewer: Viewer,
): EmergencyAccessDto => ({
  accessId: id,
  patientName: patients[0]?.patient.name ?? "",
  untilTime: formatTime(toInstant(expiresAt), viewer),
  untilIso: toInstant(expiresAt).toString(),
});

const describeRecord = (
  { access, visits }: ReadRecord,
  viewer: Viewer,
  now: Temporal.Instant,
): EmergencyRecordDto => ({
  ...describeAccess(access, viewer),
  reason: access.reason,
  text: unseal({ keyId: access.textKeyId, sealed: access.textSealed }, emergencyPlace(access.id)),
  zone: zonePlace(viewer),
  contacts: contactsOf(access),
  visits: visits.map((visit) => describeVisit(visit, viewer, now)),
});

/** How the patient can be reached, each way once. */
function contactsOf({ patients }: EmergencyAccessRow): EmergencyRecordDto["contacts"] {
  const contacts = new Map<string, EmergencyRecordDto["contacts"][number]>();
  for (const { patient } of patients) {
    const { id, contactName, email, phone } = patient;
    const key = JSON.stringify([contactName, email, phone]);
    if (!contacts.has(key)) contacts.set(key, { patientId: id, contactName, email, phone });
  }
  return [...contacts.values()];
}

function describeVisit(
  { row, answers, note, summary }: ReadVisit,
  viewer: Viewer,
  now: Temporal.Instant,
): EmergencyVisitDto {
  const starts = describeMoment(toInstant(row.startAt), viewer, now);
  const { reasonSealed, reasonKeyId } = row;
  return {
    appointmentId: row.id,
    date: starts.date,
    time: starts.time,
    status: row.status,
    visitType: localized(row.visitType.names, viewer.locale),
    practitionerName: row.practitioner.displayName,
    reason:
      reasonSealed && reasonKeyId
        ? unseal({ keyId: reasonKeyId, sealed: reasonSealed }, `appointment.reason:${row.id}`) || null
        : null,
    answers,
    note,
    summary,
  };
}
