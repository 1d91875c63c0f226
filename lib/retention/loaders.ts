import "server-only";
import { loadConfirmation, requireRole } from "@/lib/auth/loaders";
import { systemNow } from "@/lib/core/clock";
import { env } from "@/lib/core/env";
import { db } from "@/lib/db/client";
import { loadLocale } from "@/lib/i18n/viewer";
import { formatDate } from "@/lib/time/format";
import { PERIODS } from "./constants";
import { unsafeCountDue } from "./data/due";
import { readRetention } from "./data/settings";
import type { RetentionPage } from "./types";

/** What the page of periods shows: each kind with its period and its bounds, and what would go tonight. */
export async function loadRetentionPage(): Promise<RetentionPage> {
  const { actor } = await requireRole("administrator", "/admin/retention");
  const [now, viewer] = [systemNow(), { locale: await loadLocale(), timeZone: env().CLINIC_TIME_ZONE }];
  const retention = await readRetention(db());
  const [due, confirmation] = await Promise.all([
    unsafeCountDue(db(), retention, now),
    loadConfirmation(actor),
  ]);
  return {
    lines: due.map(({ kind, rows, oldest }) => ({
      kind,
      unit: PERIODS[kind].unit,
      period: retention[kind],
      min: PERIODS[kind].min,
      max: PERIODS[kind].max,
      rows,
      oldest: oldest ? formatDate(oldest, viewer, now) : null,
    })),
    confirmation,
  };
}
