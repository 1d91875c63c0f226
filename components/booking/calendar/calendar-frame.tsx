import type { ReactNode } from "react";
import { ClientMessages } from "@/components/layout/client-messages";
import type { Namespace } from "@/lib/i18n/types";
import { LiveTimes } from "../times/live-times";
import { OpeningProvider } from "./opening";

/**
 * Around a calendar and its times: keeps them current while the page is open, and opens days in place.
 *
 * @param liveKey of the times' DTO
 * @param namespaces what else the client components within say
 */
export function CalendarFrame({
  liveKey,
  namespaces = [],
  children,
}: {
  liveKey: string | null;
  namespaces?: readonly Namespace[];
  children: ReactNode;
}) {
  return (
    <ClientMessages namespaces={["home", ...namespaces]}>
      <OpeningProvider>
        <LiveTimes liveKey={liveKey}>{children}</LiveTimes>
      </OpeningProvider>
    </ClientMessages>
  );
}
