import type { Temporal } from "temporal-polyfill";
import { recordAudit } from "@/lib/audit/mutations";
import type { AuditActor } from "@/lib/audit/types";
import { ok, type Result } from "@/lib/core/result";
import type { Tx } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { toDate } from "@/lib/time/instant";
import { BOOKING_SETTINGS_KEY, readBookingSettings } from "../data/settings";
import { BOOKING_SETTINGS } from "../schema/settings";
import type { BookingSettings } from "../types/settings";

/** Keeps what the clinic decides about booking, for holds and offers still to be made. What stays as it was leaves no trail. */
export const saveBookingSettings = (
  settings: BookingSettings,
  actor: AuditActor,
  now: Temporal.Instant,
): Promise<Result<undefined>> =>
  transaction(async (tx) => {
    const before = await readBookingSettings(tx);
    const changed = BOOKING_SETTINGS.filter((name) => before[name] !== settings[name]);
    await writeSettings(tx, { key: BOOKING_SETTINGS_KEY, settings, changed }, actor, now);
    return ok();
  });

/**
 * Writes one row of settings, with the trail of what was changed in it; nothing where nothing was.
 *
 * @param key the row's
 * @param changed the names of the settings in it that are others than before
 */
export async function writeSettings(
  tx: Tx,
  {
    key,
    settings,
    changed,
  }: { key: string; settings: Readonly<Record<string, number | boolean>>; changed: readonly string[] },
  actor: AuditActor,
  now: Temporal.Instant,
): Promise<void> {
  if (changed.length === 0) return;
  const row = { value: settings, updatedAt: toDate(now) };
  await tx.setting.upsert({ where: { key }, create: { key, ...row }, update: row });
  await recordAudit(
    tx,
    {
      action: "settings.changed",
      details: { keys: changed.map((name) => `${key}.${name}`) },
      actor,
      outcome: "success",
      subject: undefined,
      entity: undefined,
    },
    now,
  );
}
