"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { useLive } from "@/components/ui/live/use-live";
import type { VisitState } from "@/lib/visits/types/visit";

const isBegun = (phase: VisitState["phase"]): boolean => phase === "in_progress" || phase === "finished";

/**
 * The place of the summary: written from the moment its visit has begun, also on the page from which it was started. It stays while a visit
 * is called again, or what is typed there would be lost.
 */
export function WhenBegun({ initial, children }: { initial: VisitState; children: ReactNode }) {
  const t = useTranslations("records.summary");
  const { state } = useLive<VisitState | null>({ key: `appointment:${initial.appointmentId}`, initial });
  const { phase } = state ?? initial;
  const [hasBegun, setHasBegun] = useState(isBegun(initial.phase));
  if (!hasBegun && isBegun(phase)) setHasBegun(true);
  return hasBegun ? children : <p className="text-muted">{t("notYet")}</p>;
}
