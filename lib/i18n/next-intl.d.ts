import type { Locale as PortalLocale } from "./locales";
import type { Messages as PortalMessages } from "./types";

/** Makes every message key and every locale known to the compiler. */
declare module "next-intl" {
  interface AppConfig {
    Locale: PortalLocale;
    Messages: PortalMessages;
  }
}
