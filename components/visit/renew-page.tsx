"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { useLive } from "@/components/ui/live/use-live";
import type { VisitState } from "@/lib/visits/types/visit";

/** What the page around a visit was rendered for, beside what follows the stream by itself. */
const signsOf = ({ phase, noShow, practitionerName, signedParts }: VisitState): string => {
  const isOver = phase === "finished" || phase === "cancelled" || phase === "missed";
  return JSON.stringify([isOver ? phase : "open", noShow, practitionerName, signedParts]);
};

/**
 * Loads the page again where it was overtaken: its visit has ended, goes on after all or does not take place, another practitioner has
 * it, or a part of its summary was signed. A call that goes on stays as it is.
 */
export function RenewPage({ initial, token }: { initial: VisitState; token: string | undefined }) {
  const { state } = useLive<VisitState | null>({
    key: `appointment:${initial.appointmentId}`,
    token,
    initial,
  });
  const router = useRouter();
  const rendered = signsOf(initial);
  const current = state ? signsOf(state) : rendered;
  useEffect(() => {
    if (current !== rendered) router.refresh();
  }, [current, rendered, router]);
  return null;
}
