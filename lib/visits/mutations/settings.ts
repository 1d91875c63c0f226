import type { Temporal } from "temporal-polyfill";
import type { AuditActor } from "@/lib/audit/types";
import { findConsentText } from "@/lib/booking/data/intake";
import { writeSettings } from "@/lib/booking/mutations/settings";
import { ok, type Result, refuse } from "@/lib/core/result";
import { transaction } from "@/lib/db/transaction";
import { readVisitSettings, VISIT_SETTINGS_KEY } from "../data/settings";
import { VISIT_SETTINGS } from "../schema/settings";
import type { VisitSettings } from "../types/settings";

/**
 * Keeps what the clinic decides about visits; it holds from the next look at any of them. What stays as it was leaves no trail.
 *
 * @returns nothing, or `no_recording_text` where visits would be recorded and patients have nothing to agree to
 */
export const saveVisitSettings = (
  settings: VisitSettings,
  actor: AuditActor,
  now: Temporal.Instant,
): Promise<Result<undefined, "no_recording_text">> =>
  transaction(async (tx) => {
    if (settings.recording && !(await findConsentText(tx, "recording"))) return refuse("no_recording_text");
    const before = await readVisitSettings(tx);
    const changed = VISIT_SETTINGS.filter((name) => before[name] !== settings[name]);
    await writeSettings(tx, { key: VISIT_SETTINGS_KEY, settings, changed }, actor, now);
    return ok();
  });
