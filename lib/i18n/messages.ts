import type { Locale } from "./locales";
import type { Messages, Namespace } from "./types";

export const NAMESPACES = [
  "account",
  "admin",
  "agenda",
  "auth",
  "booking",
  "change",
  "chat",
  "check",
  "common",
  "day",
  "emergency",
  "errors",
  "home",
  "layout",
  "mail",
  "messages",
  "people",
  "privacy",
  "queue",
  "reasons",
  "records",
  "retention",
  "schedule",
  "staff",
  "trail",
  "visit",
  "waiting",
  "waitlist",
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
