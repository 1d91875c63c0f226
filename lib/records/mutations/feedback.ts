import type { Temporal } from "temporal-polyfill";
import { auditActor, patientScope } from "@/lib/access/rules";
import type { Actor } from "@/lib/access/types";
import { recordAudit } from "@/lib/audit/mutations";
import { ok, type Result, refuse } from "@/lib/core/result";
import { lockEncounter } from "@/lib/db/locks";
import { transaction } from "@/lib/db/transaction";
import { seal } from "@/lib/security/seal";
import { toDate, toInstant } from "@/lib/time/instant";
import { findVisit } from "@/lib/visits/data/visits";
import { type FeedbackProblem, feedbackPlace } from "../constants";
import { feedbackRefusal } from "../rules";
import type { FeedbackRefusal } from "../types";

type Feedback = {
  appointmentId: string;
  quality: number;
  problems: readonly FeedbackProblem[];
  comment: string;
};

/** A patient says how a visit was, technically: once for a visit, and changeable for a day. */
export const giveFeedback = (
  actor: Actor,
  { appointmentId, quality, problems, comment }: Feedback,
  now: Temporal.Instant,
): Promise<Result<undefined, FeedbackRefusal>> =>
  transaction(async (tx) => {
    await lockEncounter(tx, appointmentId);
    const visit = await findVisit(tx, patientScope(actor), appointmentId);
    if (!visit) return refuse("not_found");
    const encounterId = visit.encounter.id;
    const given = await tx.visitFeedback.findUnique({ where: { encounterId } });
    const givenAt = given ? toInstant(given.createdAt) : undefined;
    const refusal = feedbackRefusal({ encounterStatus: visit.encounter.status, givenAt }, now);
    if (refusal) return refuse(refusal);
    const sealed = comment === "" ? undefined : seal(comment, feedbackPlace(encounterId));
    const content = {
      quality,
      problems: [...problems],
      commentSealed: sealed?.sealed ?? null,
      commentKeyId: sealed?.keyId ?? null,
    };
    await tx.visitFeedback.upsert({
      where: { encounterId },
      create: { encounterId, ...content, createdAt: toDate(now) },
      update: content,
    });
    await recordAudit(
      tx,
      {
        action: "feedback.given",
        details: {},
        actor: auditActor(actor),
        outcome: "success",
        subject: visit.patient.pseudonym,
        entity: { type: "encounter", id: encounterId },
      },
      now,
    );
    return ok();
  });
