import "server-only";
import { requireRole } from "@/lib/auth/loaders";
import { db } from "@/lib/db/client";
import { readBookingSettings } from "../data/settings";
import { BOOKING_SETTINGS, type BookingSettingName, SETTING_BOUNDS } from "../schema/settings";

/** What the administrator's page of settings shows, in its order. */
export async function loadBookingSettings(): Promise<
  { name: BookingSettingName; value: string; min: number; max: number }[]
> {
  await requireRole("administrator", "/admin/settings");
  const settings = await readBookingSettings(db());
  return BOOKING_SETTINGS.map((name) => ({ name, value: String(settings[name]), ...SETTING_BOUNDS[name] }));
}
