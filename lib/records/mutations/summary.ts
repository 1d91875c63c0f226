import type { Temporal } from "temporal-polyfill";
import { auditActor, practitionerScope } from "@/lib/access/rules";
import type { Actor } from "@/lib/access/types";
import { recordAudit, recordOnce } from "@/lib/audit/mutations";
import { newId } from "@/lib/core/ids";
import { ok, type Result, refuse } from "@/lib/core/result";
import type { Tx } from "@/lib/db/client";
import type { VisitSummary } from "@/lib/db/generated/client";
import { lockEncounter } from "@/lib/db/locks";
import { transaction } from "@/lib/db/transaction";
import { publish } from "@/lib/events/publish";
import { appointmentTopic } from "@/lib/events/topics";
import { queueNotification } from "@/lib/notifications/mutations";
import { seal, unseal } from "@/lib/security/seal";
import { toDate } from "@/lib/time/instant";
import { findVisit, type VisitRow } from "@/lib/visits/data/visits";
import { summaryPlace } from "../constants";
import { summaryRefusal } from "../rules";
import type { SummaryRefusal } from "../types";

type Draft = {
  appointmentId: string;
  /** 0 for the summary, from 1 on for addenda. */
  part: number;
  /** The saving that the writer has seen; 0 for a new one. */
  revision: number;
  text: string;
};

/** A summary is signed once; two who sign at once are told apart by the database. */
const CONSTRAINTS = { visit_summary_signed: "signed" } as const;

/**
 * Saves a summary's draft, or the one of the next addendum. The trail has one entry for a sitting.
 *
 * @returns the revision saved; the same one, where the same text is saved again
 */
export const saveSummary = (
  actor: Actor,
  draft: Draft,
  now: Temporal.Instant,
): Promise<Result<{ revision: number }, SummaryRefusal>> =>
  transaction(async (tx) => {
    const written = await write(tx, actor, draft, now);
    if (!written.ok) return written;
    const { revision, visit } = written.value;
    const drafted = {
      action: "summary.drafted",
      details: { part: draft.part },
      actor: auditActor(actor),
      outcome: "success",
      subject: visit.patient.pseudonym,
      entity: { type: "encounter", id: visit.encounter.id },
    } as const;
    await recordOnce(tx, [drafted], now);
    return ok({ revision });
  }, CONSTRAINTS);

/**
 * Saves and signs: from here on it never changes, and the patient can read it and is told so by mail. A correction is an addendum.
 */
export const signSummary = (
  actor: Actor,
  draft: Draft,
  now: Temporal.Instant,
): Promise<Result<undefined, SummaryRefusal>> =>
  transaction(async (tx) => {
    const written = await write(tx, actor, draft, now);
    if (!written.ok) return written;
    const { id, visit } = written.value;
    await tx.visitSummary.update({ where: { id }, data: { signedAt: toDate(now) } });
    await queueNotification(tx, {
      kind: "summary_ready",
      appointmentId: visit.id,
      patientId: visit.patientId,
      now,
    });
    await publish(tx, [appointmentTopic(visit.id)]);
    await recordAudit(
      tx,
      {
        action: "summary.signed",
        details: { part: draft.part },
        actor: auditActor(actor),
        outcome: "success",
        subject: visit.patient.pseudonym,
        entity: { type: "encounter", id: visit.encounter.id },
      },
      now,
    );
    return ok();
  }, CONSTRAINTS);

async function write(
  tx: Tx,
  actor: Actor,
  { appointmentId, part, revision, text }: Draft,
  now: Temporal.Instant,
): Promise<Result<{ id: string; revision: number; visit: VisitRow }, SummaryRefusal>> {
  await lockEncounter(tx, appointmentId);
  const visit = await findVisit(tx, practitionerScope(actor), appointmentId);
  if (!visit) return refuse("not_found");
  const refusal = summaryRefusal({ encounterStatus: visit.encounter.status });
  if (refusal) return refuse(refusal);
  const encounterId = visit.encounter.id;
  const parts = await tx.visitSummary.findMany({ where: { encounterId }, orderBy: { part: "asc" } });
  const known = parts.find((one) => one.part === part);
  if (known?.signedAt) return refuse("signed");
  // An addendum follows what was signed, and one after the other.
  if (!known && (part !== parts.length || parts.some(({ signedAt }) => !signedAt))) return refuse("outdated");
  // Said again by whoever does not know whether it arrived: it is the saving that it made.
  if (known && isRepeated(known, { practitionerId: visit.practitionerId, revision, text }))
    return ok({ id: known.id, revision: known.revision, visit });
  if ((known?.revision ?? 0) !== revision) return refuse("outdated");
  const id = known?.id ?? newId();
  const { sealed, keyId } = seal(text, summaryPlace(id));
  const content = {
    practitionerId: visit.practitionerId,
    textSealed: sealed,
    textKeyId: keyId,
    revision: revision + 1,
    updatedAt: toDate(now),
  };
  if (known) await tx.visitSummary.update({ where: { id }, data: content });
  else await tx.visitSummary.create({ data: { id, encounterId, part, ...content, createdAt: toDate(now) } });
  return ok({ id, revision: revision + 1, visit });
}

const isRepeated = (
  known: VisitSummary,
  { practitionerId, revision, text }: { practitionerId: string; revision: number; text: string },
): boolean =>
  known.revision === revision + 1 &&
  known.practitionerId === practitionerId &&
  unseal({ keyId: known.textKeyId, sealed: known.textSealed }, summaryPlace(known.id)) === text;
