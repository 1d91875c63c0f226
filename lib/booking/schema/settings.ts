import { z } from "zod";
import type { BookingSettings } from "../types/settings";

/** What the clinic may decide, and what holds until it does. */
export const SETTING_BOUNDS = {
  holdMinutes: { min: 2, max: 60, standard: 10 },
  holdsPerVisitorPerHour: { min: 1, max: 100, standard: 6 },
  holdsPerAddressPerHour: { min: 1, max: 10_000, standard: 60 },
  waitlistOfferMinutes: { min: 10, max: 2_880, standard: 120 },
} as const satisfies Record<keyof BookingSettings, { min: number; max: number; standard: number }>;

export type BookingSettingName = keyof typeof SETTING_BOUNDS;
export const BOOKING_SETTINGS = Object.keys(SETTING_BOUNDS) as readonly BookingSettingName[];

const typed = (name: BookingSettingName) =>
  z
    .string({ error: "required" })
    .trim()
    .min(1, "required")
    .regex(/^\d{1,6}$/, "number")
    .transform(Number)
    .pipe(
      z.number().min(SETTING_BOUNDS[name].min, "out_of_range").max(SETTING_BOUNDS[name].max, "out_of_range"),
    );

/** What the settings' form sends. Faults: `required`, `number`, `out_of_range`. */
export const bookingSettingsSchema = z.object({
  holdMinutes: typed("holdMinutes"),
  holdsPerVisitorPerHour: typed("holdsPerVisitorPerHour"),
  holdsPerAddressPerHour: typed("holdsPerAddressPerHour"),
  waitlistOfferMinutes: typed("waitlistOfferMinutes"),
});

const stored = (name: BookingSettingName) => {
  const { min, max, standard } = SETTING_BOUNDS[name];
  return z.int().min(min).max(max).catch(standard);
};

/** What is stored; whatever is missing there, or makes no sense any more, is the standard. */
export const storedBookingSettingsSchema = z
  .object({
    holdMinutes: stored("holdMinutes"),
    holdsPerVisitorPerHour: stored("holdsPerVisitorPerHour"),
    holdsPerAddressPerHour: stored("holdsPerAddressPerHour"),
    waitlistOfferMinutes: stored("waitlistOfferMinutes"),
  })
  .catch(
    () =>
      Object.fromEntries(
        BOOKING_SETTINGS.map((name) => [name, SETTING_BOUNDS[name].standard]),
      ) as BookingSettings,
  );
