import type { Temporal } from "temporal-polyfill";
import { recordAudit } from "@/lib/audit/mutations";
import type { AuditActor } from "@/lib/audit/types";
import { newId } from "@/lib/core/ids";
import { ok, type Result, refuse } from "@/lib/core/result";
import { transaction } from "@/lib/db/transaction";
import { publish } from "@/lib/events/publish";
import { CLINIC_TOPIC } from "@/lib/events/topics";
import { toDate } from "@/lib/time/instant";
import type { ConsentTextInput } from "../schema/intake-questions";

/** Two who publish at once make one version; the unique index refuses the second. */
const CONSTRAINTS = { consent_text_kind_version_key: "outdated" } as const;

/**
 * Publishes the next version of what patients agree to. Versions are never changed: who agreed to one goes on having agreed to
 * exactly that.
 *
 * @returns nothing, or `outdated` where another version has been published since `afterVersion` was read
 */
export const publishConsentText = (
  { kind, texts, afterVersion }: ConsentTextInput,
  actor: AuditActor,
  now: Temporal.Instant,
): Promise<Result<undefined, "outdated">> =>
  transaction(async (tx) => {
    const last = await tx.consentText.findFirst({ where: { kind }, orderBy: { version: "desc" } });
    if ((last?.version ?? 0) !== afterVersion) return refuse("outdated");
    const [id, version] = [newId(), afterVersion + 1];
    await tx.consentText.create({ data: { id, kind, version, texts, publishedAt: toDate(now) } });
    await publish(tx, [CLINIC_TOPIC]);
    await recordAudit(
      tx,
      {
        action: "consent_text.published",
        details: { kind, version },
        actor,
        outcome: "success",
        subject: undefined,
        entity: { type: "consent_text", id },
      },
      now,
    );
    return ok();
  }, CONSTRAINTS);
