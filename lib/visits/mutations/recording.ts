import type { Temporal } from "temporal-polyfill";
import { auditActor, patientScope } from "@/lib/access/rules";
import type { Actor } from "@/lib/access/types";
import { recordAudit } from "@/lib/audit/mutations";
import { findConsentText } from "@/lib/booking/data/intake";
import { newId } from "@/lib/core/ids";
import { ok, type Result, refuse } from "@/lib/core/result";
import { lockEncounter } from "@/lib/db/locks";
import { transaction } from "@/lib/db/transaction";
import { publish } from "@/lib/events/publish";
import { appointmentTopic, practitionerTopic } from "@/lib/events/topics";
import { enqueue } from "@/lib/jobs/send";
import { toDate } from "@/lib/time/instant";
import { AGREED_TO_RECORDING } from "../data/recording";
import { findVisit, type VisitRow, visitTimes } from "../data/visits";
import { visitPhase } from "../rules/windows";
import type { RecordingRefusal } from "../types/recording";

/**
 * A patient agrees that this one visit is recorded, to the present text and before it begins. Agreeing twice is agreeing once.
 *
 * @param locale the language in which the text was read
 */
export const agreeToRecording = (
  actor: Actor,
  { appointmentId, consentTextId, locale }: { appointmentId: string; consentTextId: string; locale: string },
  now: Temporal.Instant,
): Promise<Result<undefined, RecordingRefusal>> =>
  transaction(async (tx) => {
    await lockEncounter(tx, appointmentId);
    const visit = await findVisit(tx, patientScope(actor), appointmentId);
    if (!visit) return refuse("not_found");
    if (!visit.windows.recording) return refuse("not_offered");
    const phase = visitPhase(visitTimes(visit), "patient", now);
    if (phase === "in_progress") return refuse("started");
    if (phase !== "booked" && phase !== "waiting") return refuse("ended");
    const text = await findConsentText(tx, "recording");
    if (!text || text.consentTextId !== consentTextId) return refuse("outdated");
    const key = { appointmentId: visit.id, consentTextId };
    const agreed = { locale, agreedAt: toDate(now), withdrawnAt: null };
    const known = await tx.consent.findUnique({ where: { appointmentId_consentTextId: key } });
    if (known?.withdrawnAt === null) return ok();
    if (known) await tx.consent.update({ where: { id: known.id }, data: agreed });
    else await tx.consent.create({ data: { id: newId(), patientId: visit.patientId, ...key, ...agreed } });
    await publish(tx, topicsOf(visit));
    const details = { kind: text.kind, version: text.version };
    await recordAudit(tx, { ...eventOf(actor, visit), action: "consent.given", details }, now);
    return ok();
  });

/**
 * A patient takes that back: until the visit begins, so that it is never recorded, and also while it runs; then the job that is
 * left here ends the recording, should whoever called this not.
 */
export const withdrawRecording = (
  actor: Actor,
  appointmentId: string,
  now: Temporal.Instant,
): Promise<Result<undefined, RecordingRefusal>> =>
  transaction(async (tx) => {
    await lockEncounter(tx, appointmentId);
    const visit = await findVisit(tx, patientScope(actor), appointmentId);
    if (!visit) return refuse("not_found");
    const phase = visitPhase(visitTimes(visit), "patient", now);
    if (phase !== "booked" && phase !== "waiting" && phase !== "in_progress") return refuse("ended");
    const standing = { appointmentId: visit.id, ...AGREED_TO_RECORDING };
    const last = await tx.consent.findFirst({
      where: standing,
      include: { consentText: true },
      orderBy: { agreedAt: "desc" },
    });
    if (!last) return ok();
    await tx.consent.updateMany({ where: standing, data: { withdrawnAt: toDate(now) } });
    if (visit.encounter.conference?.recording)
      await enqueue(tx, "recording.withdrawn", { appointmentId: visit.id });
    await publish(tx, topicsOf(visit));
    const { kind, version } = last.consentText;
    const details = { kind, version };
    await recordAudit(tx, { ...eventOf(actor, visit), action: "consent.withdrawn", details }, now);
    return ok();
  });

const topicsOf = ({ id, practitionerId }: VisitRow) => [
  appointmentTopic(id),
  practitionerTopic(practitionerId),
];

const eventOf = (actor: Actor, { id, patient }: VisitRow) =>
  ({
    actor: auditActor(actor),
    outcome: "success",
    subject: patient.pseudonym,
    entity: { type: "appointment", id },
  }) as const;
