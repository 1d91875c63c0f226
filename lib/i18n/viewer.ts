import "server-only";
import { cookies, headers } from "next/headers";
import { cache } from "react";
import { env } from "@/lib/core/env";
import { isTimeZone } from "@/lib/core/time-zone";
import { isLocale, type Locale, negotiateLocale } from "./locales";
import { isTheme, preferenceCookie } from "./preferences";
import type { Theme } from "./types";

/** How the person in front of this request reads: language and zone, whoever it is. */
export type Viewer = {
  locale: Locale;
  /** IANA name. */
  timeZone: string;
  /** Whether the visitor chose the zone, their device reported it, or it is only our guess: say so on screen. */
  timeZoneSource: "choice" | "device" | "clinic";
};

/** The visitor's language: their choice (also their account's, which sign-in writes into the cookie), else their browser's. */
export const loadLocale = cache(async (): Promise<Locale> => {
  const chosen = (await cookies()).get(preferenceCookie("locale"))?.value;
  return isLocale(chosen) ? chosen : negotiateLocale((await headers()).get("accept-language"));
});

/**
 * The visitor's language and time zone. Everything that shows a date takes its zone from here or from the account.
 *
 * A first visit is rendered before any script has told us the device's zone, so it is shown in the clinic's and says
 * so; the next page knows better. Nothing is rendered twice, so no time changes under somebody's finger.
 */
export const loadViewer = cache(async (): Promise<Viewer> => {
  const locale = await loadLocale();
  const sent = await cookies();
  for (const [preference, timeZoneSource] of [
    ["timezone-choice", "choice"],
    ["timezone", "device"],
  ] as const) {
    const timeZone = sent.get(preferenceCookie(preference))?.value;
    if (isTimeZone(timeZone)) return { locale, timeZone, timeZoneSource };
  }
  return { locale, timeZone: env().CLINIC_TIME_ZONE, timeZoneSource: "clinic" };
});

/** The visitor's colour scheme; `system` follows the device. */
export const loadTheme = cache(async (): Promise<Theme> => {
  const chosen = (await cookies()).get(preferenceCookie("theme"))?.value;
  return isTheme(chosen) ? chosen : "system";
});
