import type { Temporal } from "temporal-polyfill";
import { auditActor } from "@/lib/access/rules";
import type { UserActor } from "@/lib/access/types";
import { recordAudit } from "@/lib/audit/mutations";
import { newId } from "@/lib/core/ids";
import { ok, type Result, refuse } from "@/lib/core/result";
import type { Tx } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { toDate } from "@/lib/time/instant";

/** Keeps a text of the practitioner's own to begin summaries with. Nothing in it is about anybody, and nothing of it is in the trail. */
export const saveTemplate = (
  actor: UserActor,
  template: { title: string; text: string; locale: string },
  now: Temporal.Instant,
): Promise<Result<undefined, "not_found">> =>
  transaction(async (tx) => {
    const { practitionerId } = actor;
    if (practitionerId === undefined) return refuse("not_found");
    const id = newId();
    await tx.summaryTemplate.create({ data: { id, practitionerId, ...template, createdAt: toDate(now) } });
    await recordChange(tx, actor, id, "summary_template.saved", now);
    return ok();
  });

/** Removes one of the practitioner's own; the clinic's stay. */
export const removeTemplate = (
  actor: UserActor,
  templateId: string,
  now: Temporal.Instant,
): Promise<Result<undefined, "not_found">> =>
  transaction(async (tx) => {
    const { practitionerId } = actor;
    if (practitionerId === undefined) return refuse("not_found");
    const { count } = await tx.summaryTemplate.deleteMany({ where: { id: templateId, practitionerId } });
    if (count === 0) return refuse("not_found");
    await recordChange(tx, actor, templateId, "summary_template.removed", now);
    return ok();
  });

const recordChange = (
  tx: Tx,
  actor: UserActor,
  id: string,
  action: "summary_template.saved" | "summary_template.removed",
  now: Temporal.Instant,
): Promise<void> =>
  recordAudit(
    tx,
    {
      action,
      details: {},
      actor: auditActor(actor),
      outcome: "success",
      subject: undefined,
      entity: { type: "summary_template", id },
    },
    now,
  );
