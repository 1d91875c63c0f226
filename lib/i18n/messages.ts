import type { Locale } from "./locales";
import type account from "./messages/en/account.json";
import type admin from "./messages/en/admin.json";
import type agenda from "./messages/en/agenda.json";
import type auth from "./messages/en/auth.json";
import type booking from "./messages/en/booking.json";
import type common from "./messages/en/common.json";
import type errors from "./messages/en/errors.json";
import type home from "./messages/en/home.json";
import type layout from "./messages/en/layout.json";
import type mail from "./messages/en/mail.json";
import type visit from "./messages/en/visit.json";

/** Every message, by namespace. English sets the keys; a test holds the other languages to them. */
export type Messages = {
  account: typeof account;
  admin: typeof admin;
  agenda: typeof agenda;
  auth: typeof auth;
  booking: typeof booking;
  common: typeof common;
  errors: typeof errors;
  home: typeof home;
  layout: typeof layout;
  mail: typeof mail;
  visit: typeof visit;
};
export type Namespace = keyof Messages;

export const NAMESPACES = [
  "account",
  "admin",
  "agenda",
  "auth",
  "booking",
  "common",
  "errors",
  "home",
  "layout",
  "mail",
  "visit",
] as const satisfies readonly Namespace[];

/**
 * All messages of one language: `lib/i18n/messages/<locale>/<namespace>.json` under their namespaces' names.
 *
 * Inside Next.js the build has compiled them, so that browsers need no ICU parser; in the worker and in tests they are
 * plain ICU text. `use-intl` formats either, so hand them to a translator and never read a message as a string.
 */
export async function loadMessages(locale: Locale): Promise<Messages> {
  const parts = await Promise.all(
    NAMESPACES.map(async (namespace) => {
      const module: { default: unknown } = await import(`./messages/${locale}/${namespace}.json`);
      return [namespace, module.default] as const;
    }),
  );
  return Object.fromEntries(parts) as Messages;
}
