"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useLive } from "@/components/ui/live/use-live";
import type { VisitState } from "@/lib/visits/types/visit";

/** The place of the summary: written from the moment its visit has begun, also on the page from which it was started. */
export function WhenBegun({ initial, children }: { initial: VisitState; children: ReactNode }) {
  const t = useTranslations("records.summary");
  const { state } = useLive<VisitState | null>({ key: `appointment:${initial.appointmentId}`, initial });
  const { phase } = state ?? initial;
  if (phase !== "in_progress" && phase !== "finished") return <p className="text-muted">{t("notYet")}</p>;
  return children;
}
