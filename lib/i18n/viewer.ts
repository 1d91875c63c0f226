import "server-only";
import { cookies, headers } from "next/headers";
import { cache } from "react";
import { env } from "@/lib/core/env";
import { isLocale, type Locale, negotiateLocale } from "./locales";
import { isTheme, isTimeZoneName, preferenceCookie, type Theme } from "./preferences";

/** How the person in front of this request reads: language and zone, whoever it is. */
export type Viewer = {
  locale: Locale;
  /** IANA name. */
  timeZone: string;
  /** `visitor` when their browser or they themselves named it, `clinic` when it is only our guess: say so on screen. */
  timeZoneSource: "visitor" | "clinic";
};

/** The visitor's language: their choice (also their account's, which sign-in writes into the cookie), else their browser's. */
export const loadLocale = cache(async (): Promise<Locale> => {
  const chosen = (await cookies()).get(preferenceCookie("locale"))?.value;
  return isLocale(chosen) ? chosen : negotiateLocale((await headers()).get("accept-language"));
});

/** The visitor's language and time zone. Everything that shows a date takes its zone from here or from the account. */
export const loadViewer = cache(async (): Promise<Viewer> => {
  const locale = await loadLocale();
  const named = (await cookies()).get(preferenceCookie("timezone"))?.value;
  return isTimeZoneName(named)
    ? { locale, timeZone: named, timeZoneSource: "visitor" }
    : { locale, timeZone: env().CLINIC_TIME_ZONE, timeZoneSource: "clinic" };
});

/** The visitor's colour scheme; `system` follows the device. */
export const loadTheme = cache(async (): Promise<Theme> => {
  const chosen = (await cookies()).get(preferenceCookie("theme"))?.value;
  return isTheme(chosen) ? chosen : "system";
});
