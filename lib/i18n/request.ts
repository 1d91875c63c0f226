import { getRequestConfig } from "next-intl/server";
import { env } from "@/lib/core/env";
import { logger } from "@/lib/core/logger";
import { isLocale } from "./locales";
import { loadMessages } from "./messages";
import { loadLocale } from "./viewer";

/**
 * next-intl's configuration for one request. The address never carries a language: `getTranslations({ locale })` may ask
 * for one by name, else the visitor's own is used ({@link loadLocale}).
 *
 * The time zone below only keeps next-intl from guessing the server's. Dates are formatted by `lib/time`, which takes
 * the zone as a parameter; a language is never a time zone.
 */
export default getRequestConfig(async ({ locale: asked }) => {
  const locale = isLocale(asked) ? asked : await loadLocale();
  return {
    locale,
    messages: await loadMessages(locale),
    timeZone: env().CLINIC_TIME_ZONE,
    onError: (error) =>
      logger().error({ code: error.code, detail: error.message }, "a message could not be formatted"),
  };
});
