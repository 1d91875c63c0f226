import type { Temporal } from "temporal-polyfill";
import { auditActor } from "@/lib/access/rules";
import type { UserActor } from "@/lib/access/types";
import { recordAudit } from "@/lib/audit/mutations";
import { ok, type Result } from "@/lib/core/result";
import { transaction } from "@/lib/db/transaction";

/** Writes that the trail leaves the portal as a file, before it does. */
export const noteExport = (
  actor: UserActor,
  { format, person }: { format: "csv" | "fhir"; person: string },
  now: Temporal.Instant,
): Promise<Result<undefined>> =>
  transaction(async (tx) => {
    await recordAudit(
      tx,
      {
        action: "audit.exported",
        details: { format },
        actor: auditActor(actor),
        outcome: "success",
        subject: person || undefined,
        entity: undefined,
      },
      now,
    );
    return ok();
  });
