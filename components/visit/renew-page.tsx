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
 * it, a part of its summary was signed, or the other one has begun to write. A call that goes on stays as it is.
 */
export function RenewPage({
  initial,
  token,
  hasTalk,
}: {
  initial: VisitState;
  token: string | undefined;
  /** Whether the page shows the conversation of the two, which the other one may have begun meanwhile. */
  hasTalk: boolean;
}) {
  const { state } = useLive<VisitState | null>({
    key: `appointment:${initial.appointmentId}`,
    token,
    initial,
  });
  const router = useRouter();
  const rendered = signsOf(initial);
  const hasBegun = state?.hasTalk === true && !hasTalk;
  const current = state ? `${signsOf(state)}${hasBegun}` : `${rendered}false`;
  useEffect(() => {
    if (current !== `${rendered}false`) router.refresh();
  }, [current, rendered, router]);
  return null;
}
