import "server-only";
import { requireRole } from "@/lib/auth/loaders";
import { db } from "@/lib/db/client";
import { readVisitSettings } from "../data/settings";
import { VISIT_NUMBER_BOUNDS, VISIT_NUMBERS, VISIT_SWITCHES } from "../schema/settings";
import type { VisitSettingsDto } from "../types/settings";

/** What the administrator's page of settings shows of visits, in its order. */
export async function loadVisitSettings(): Promise<VisitSettingsDto> {
  await requireRole("administrator", "/admin/settings");
  const settings = await readVisitSettings(db());
  return {
    numbers: VISIT_NUMBERS.map((name) => ({
      name,
      value: String(settings[name]),
      ...VISIT_NUMBER_BOUNDS[name],
    })),
    switches: VISIT_SWITCHES.map((name) => ({ name, isOn: settings[name] })),
  };
}
