import { NextIntlClientProvider } from "next-intl";
import { getMessages } from "next-intl/server";
import type { ReactNode } from "react";
import type { Namespace } from "@/lib/i18n/types";

/** What the primitives themselves say (`SubmitButton`, `Form`, `Dialog`, the error page). */
const ALWAYS: readonly Namespace[] = ["common", "errors"];

/**
 * Sends the named namespaces to the browser, for the client components below. Everything else stays on the server: put
 * it as deep as it goes, around the one view that needs it, since each namespace is weight on a patient's phone.
 */
export async function ClientMessages({
  namespaces = [],
  children,
}: {
  namespaces?: readonly Namespace[];
  children: ReactNode;
}) {
  const messages = await getMessages();
  const sent = Object.fromEntries(
    [...ALWAYS, ...namespaces].map((namespace) => [namespace, messages[namespace]]),
  );
  return <NextIntlClientProvider messages={sent}>{children}</NextIntlClientProvider>;
}
