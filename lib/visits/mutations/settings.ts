import type { Temporal } from "temporal-polyfill";
import { recordAudit } from "@/lib/audit/mutations";
import type { AuditActor } from "@/lib/audit/types";
import { ok, type Result } from "@/lib/core/result";
import { transaction } from "@/lib/db/transaction";
import { toDate } from "@/lib/time/instant";
import { readVisitSettings, VISIT_SETTINGS_KEY } from "../data/settings";
import { VISIT_SETTINGS } from "../schema/settings";
import type { VisitSettings } from "../types/settings";

/** Keeps what the clinic decides about visits; it holds from the next look at any of them. What stays as it was leaves no trail. */
export const saveVisitSettings = (
  settings: VisitSettings,
  actor: AuditActor,
  now: Temporal.Instant,
): Promise<Result<undefined>> =>
  transaction(async (tx) => {
    const before = await readVisitSettings(tx);
    const keys = VISIT_SETTINGS.filter((name) => before[name] !== settings[name]);
    if (keys.length === 0) return ok();
    const row = { value: settings, updatedAt: toDate(now) };
    await tx.setting.upsert({
      where: { key: VISIT_SETTINGS_KEY },
      create: { key: VISIT_SETTINGS_KEY, ...row },
      update: row,
    });
    await recordAudit(
      tx,
      {
        action: "settings.changed",
        details: { keys: keys.map((name) => `${VISIT_SETTINGS_KEY}.${name}`) },
        actor,
        outcome: "success",
        subject: undefined,
        entity: undefined,
      },
      now,
    );
    return ok();
  });
