import type { Temporal } from "temporal-polyfill";
import { recordAudit } from "@/lib/audit/mutations";
import type { AuditActor } from "@/lib/audit/types";
import { ok, type Result } from "@/lib/core/result";
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
    const keys = BOOKING_SETTINGS.filter((name) => before[name] !== settings[name]);
    if (keys.length === 0) return ok();
    const row = { value: settings, updatedAt: toDate(now) };
    await tx.setting.upsert({
      where: { key: BOOKING_SETTINGS_KEY },
      create: { key: BOOKING_SETTINGS_KEY, ...row },
      update: row,
    });
    await recordAudit(
      tx,
      {
        action: "settings.changed",
        details: { keys: keys.map((name) => `${BOOKING_SETTINGS_KEY}.${name}`) },
        actor,
        outcome: "success",
        subject: undefined,
        entity: undefined,
      },
      now,
    );
    return ok();
  });
