import type { Db } from "@/lib/db/client";
import { storedBookingSettingsSchema } from "../schema/settings";
import type { BookingSettings } from "../types/settings";

/** The row's key. */
export const BOOKING_SETTINGS_KEY = "booking";

/** What the clinic has decided about booking, and the standard for the rest. */
export async function readBookingSettings(db: Db): Promise<BookingSettings> {
  const row = await db.setting.findUnique({ where: { key: BOOKING_SETTINGS_KEY } });
  return storedBookingSettingsSchema.parse(row?.value ?? {});
}
