import "server-only";
import { getTranslations } from "next-intl/server";
import type { Temporal } from "temporal-polyfill";
import { auditActor, patientScope, practitionerScope, within } from "@/lib/access/rules";
import type { Actor, AppointmentScope } from "@/lib/access/types";
import { recordAudit } from "@/lib/audit/mutations";
import { loadActor, noteRefusal, requireRole } from "@/lib/auth/loaders";
import { systemNow } from "@/lib/core/clock";
import { env } from "@/lib/core/env";
import { ok, refuse } from "@/lib/core/result";
import { db, type Tx } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { localized } from "@/lib/i18n/localized";
import { loadViewer } from "@/lib/i18n/viewer";
import { describeMoment, formatTime, type Viewer } from "@/lib/time/format";
import { toInstant } from "@/lib/time/instant";
import { findVisit, listVisits, type VisitRow } from "@/lib/visits/data/visits";
import { loadPersonalLink } from "@/lib/visits/loaders/link";
import { FEEDBACK_PROBLEMS, type FeedbackProblem } from "./constants";
import { findFeedback, listNotes, listSummary, listTemplates } from "./data";
import { renderSummary } from "./format/pdf";
import { feedbackRefusal } from "./rules";
import type {
  EarlierVisitDto,
  PatientRecordDto,
  SummaryDraftDto,
  SummaryPartDto,
  TemplateDto,
  VisitRecordDto,
} from "./types";

type Template = Awaited<ReturnType<typeof listTemplates>>[number];
type Part = Awaited<ReturnType<typeof listSummary>>[number];

const momentOf = (date: Date, viewer: Viewer, now: Temporal.Instant): string => {
  const { shortDate, time } = describeMoment(toInstant(date), viewer, now);
  return `${shortDate}, ${time}`;
};

const describePart = (part: Part, viewer: Viewer, now: Temporal.Instant): SummaryPartDto => ({
  part: part.part,
  revision: part.revision,
  text: part.text,
  author: part.author,
  signed: part.signedAt ? momentOf(part.signedAt, viewer, now) : null,
});

const describeTemplate = ({ id, title, text, practitionerId }: Template): TemplateDto => ({
  templateId: id,
  title,
  text,
  isOwn: practitionerId !== null,
});

/** The signed-in practitioner's texts to begin summaries with, and the clinic's. */
export async function loadTemplates(): Promise<TemplateDto[]> {
  const { actor } = await requireRole("practitioner", "/templates");
  if (actor.practitionerId === undefined) return [];
  return (await listTemplates(db(), actor.practitionerId)).map(describeTemplate);
}

/** What stands beside a visit of the signed-in practitioner, the reading recorded; nothing for a visit of somebody else. */
export async function loadVisitRecord(appointmentId: string): Promise<VisitRecordDto | undefined> {
  const actor = await loadActor();
  const [viewer, now] = [await loadViewer(), systemNow()];
  const read = await transaction(async (tx) => {
    const scope = practitionerScope(actor);
    const visit = await findVisit(tx, scope, appointmentId);
    if (!visit) return ok(undefined);
    const notes = await listNotes(tx, scope, visit.encounter.id);
    const parts = await listSummary(tx, scope, visit.encounter.id);
    const earlier = await listEarlier(tx, actor, visit, viewer, now);
    if (notes.length + parts.length + earlier.length > 0)
      await recordAudit(
        tx,
        {
          action: "record.read",
          details: {},
          actor: auditActor(actor),
          outcome: "success",
          subject: visit.patient.pseudonym,
          entity: { type: "encounter", id: visit.encounter.id },
        },
        now,
      );
    return ok({ visit, notes, parts, earlier });
  });
  if (!read.ok || !read.value) return undefined;
  const { visit, notes, parts, earlier } = read.value;
  const templates = await listTemplates(db(), visit.practitionerId);
  const [note] = notes;
  return {
    appointmentId,
    note: {
      version: note?.version ?? 0,
      text: note?.text ?? "",
      savedTime: note ? formatTime(toInstant(note.createdAt), viewer) : null,
      history: notes.slice(1).map(({ version, text, author, createdAt }) => ({
        version,
        text,
        author,
        savedAt: momentOf(createdAt, viewer, now),
      })),
    },
    parts: parts.filter(({ signedAt }) => signedAt).map((part) => describePart(part, viewer, now)),
    draft: draftOf(parts),
    templates: templates.map(describeTemplate),
    earlier,
  };
}

/** The draft, or what can be begun next. Whether it is time to, the page knows live. */
function draftOf(parts: readonly Part[]): SummaryDraftDto {
  const draft = parts.find(({ signedAt }) => !signedAt);
  if (draft) return { part: draft.part, revision: draft.revision, text: draft.text };
  return { part: parts.length, revision: 0, text: "" };
}

const EARLIER = 10;

/** The patient's earlier visits with this practitioner, the last first, with what was written of them. */
async function listEarlier(
  tx: Tx,
  actor: Actor,
  visit: VisitRow,
  viewer: Viewer,
  now: Temporal.Instant,
): Promise<EarlierVisitDto[]> {
  const scope = within(practitionerScope(actor), { patientId: visit.patientId });
  const rows = await listVisits(tx, scope, { to: toInstant(visit.startAt) }, "desc", EARLIER);
  const earlier: EarlierVisitDto[] = [];
  for (const row of rows) {
    if (row.encounter.status !== "finished") continue;
    const [note] = await listNotes(tx, scope, row.encounter.id);
    const signed = (await listSummary(tx, scope, row.encounter.id)).filter(({ signedAt }) => signedAt);
    earlier.push({
      appointmentId: row.id,
      date: describeMoment(toInstant(row.startAt), viewer, now).date,
      visitType: localized(row.visitType.names, viewer.locale),
      note: note?.text ?? null,
      summary: signed.length > 0 ? signed.map(({ text }) => text).join("\n\n") : null,
    });
  }
  return earlier;
}

/** Who asks for a visit of a patient: by account, or by the personal link whose token is given. */
async function patientActor(token: string | undefined): Promise<Actor> {
  if (token === undefined) return loadActor();
  return (await loadPersonalLink(token))?.actor ?? { kind: "anonymous" };
}

/** What a patient reads of a visit of theirs, by account or personal link; nothing for a visit of somebody else. */
export async function loadPatientRecord(
  appointmentId: string,
  token: string | undefined,
): Promise<PatientRecordDto | undefined> {
  const actor = await patientActor(token);
  const [viewer, now] = [await loadViewer(), systemNow()];
  const read = await transaction(async (tx) => {
    const scope = patientScope(actor);
    const visit = await findVisit(tx, scope, appointmentId);
    if (!visit) return ok(undefined);
    const parts = (await listSummary(tx, scope, visit.encounter.id)).filter(({ signedAt }) => signedAt);
    const feedback = await findFeedback(tx, scope, visit.encounter.id);
    if (parts.length > 0)
      await recordAudit(
        tx,
        {
          action: "summary.read",
          details: { as: "patient" },
          actor: auditActor(actor),
          outcome: "success",
          subject: visit.patient.pseudonym,
          entity: { type: "encounter", id: visit.encounter.id },
        },
        now,
      );
    return ok({ visit, parts, feedback });
  });
  if (!read.ok || !read.value) return undefined;
  const { visit, parts, feedback } = read.value;
  const path = token === undefined ? `/visit/${appointmentId}` : `/v/${token}`;
  const givenAt = feedback ? toInstant(feedback.createdAt) : undefined;
  return {
    appointmentId,
    parts: parts.map((part) => describePart(part, viewer, now)),
    pdfPath: parts.length > 0 ? `${path}/summary.pdf` : null,
    feedback: {
      isOpen: feedbackRefusal({ encounterStatus: visit.encounter.status, givenAt }, now) === undefined,
      given: feedback
        ? {
            quality: feedback.quality,
            problems: feedback.problems.filter(isProblem),
            comment: feedback.comment,
          }
        : null,
    },
  };
}

const isProblem = (name: string): name is FeedbackProblem =>
  (FEEDBACK_PROBLEMS as readonly string[]).includes(name);

/** A visit's signed summary as a PDF, for its patient by account or link; nothing where there is none to read. */
export async function loadSummaryPdf(visitKey: { appointmentId: string } | { token: string }) {
  const actor = "token" in visitKey ? await patientActor(visitKey.token) : await patientActor(undefined);
  const appointmentId =
    "appointmentId" in visitKey ? visitKey.appointmentId : actor.kind === "link" ? actor.appointmentId : "";
  return readPdf(actor, patientScope(actor), appointmentId, "patient");
}

/** The same for the visit's practitioner. */
export async function loadStaffSummaryPdf(appointmentId: string) {
  const actor = await loadActor();
  return readPdf(actor, practitionerScope(actor), appointmentId, "practitioner");
}

async function readPdf(
  actor: Actor,
  scope: AppointmentScope,
  appointmentId: string,
  as: "patient" | "practitioner",
): Promise<Buffer | undefined> {
  const [viewer, now] = [await loadViewer(), systemNow()];
  const read = await transaction(async (tx) => {
    const visit = await findVisit(tx, scope, appointmentId);
    if (!visit) return refuse("not_found");
    const parts = (await listSummary(tx, scope, visit.encounter.id)).filter(({ signedAt }) => signedAt);
    if (parts.length === 0) return ok(undefined);
    await recordAudit(
      tx,
      {
        action: "summary.read",
        details: { as },
        actor: auditActor(actor),
        outcome: "success",
        subject: visit.patient.pseudonym,
        entity: { type: "encounter", id: visit.encounter.id },
      },
      now,
    );
    return ok({ visit, parts });
  });
  if (!read.ok) await noteRefusal("summary.pdf", actor);
  if (!read.ok || !read.value) return undefined;
  const { visit, parts } = read.value;
  const t = await getTranslations("records.pdf");
  const starts = describeMoment(toInstant(visit.startAt), viewer, now);
  const { CLINIC_NAME, CLINIC_PHONE } = env();
  return renderSummary({
    locale: viewer.locale,
    title: t("title"),
    clinic: { name: CLINIC_NAME, phone: CLINIC_PHONE },
    facts: [
      { label: t("when"), value: t("moment", { date: starts.date, time: starts.time, zone: starts.zone }) },
      { label: t("practitioner"), value: visit.practitioner.displayName },
      { label: t("patient"), value: visit.patient.name },
    ],
    parts: parts.map((part) => ({
      heading: part.part === 0 ? t("summary") : t("addendum", { number: part.part }),
      text: part.text,
      signed: t("signed", {
        name: part.author,
        moment: part.signedAt ? momentOf(part.signedAt, viewer, now) : "",
        zone: starts.zone,
      }),
    })),
    pageOf: (page, pages) => t("page", { page, pages }),
  });
}
