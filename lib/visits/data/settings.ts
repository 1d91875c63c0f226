import type { Db } from "@/lib/db/client";
import { storedVisitSettingsSchema } from "../schema/settings";
import type { VisitSettings } from "../types/settings";

/** The row's key. */
export const VISIT_SETTINGS_KEY = "visits";

/** What the clinic has decided about visits, and the standard for the rest. */
export async function readVisitSettings(db: Pick<Db, "setting">): Promise<VisitSettings> {
  const row = await db.setting.findUnique({ where: { key: VISIT_SETTINGS_KEY } });
  return storedVisitSettingsSchema.parse(row?.value ?? {});
}
