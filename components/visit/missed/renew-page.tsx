"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { useLive } from "@/components/ui/live/use-live";
import type { VisitState } from "@/lib/visits/types/visit";

/** Loads the page again where its visit turns out not to take place, or to take place after all. */
export function RenewPage({ initial, token }: { initial: VisitState; token: string | undefined }) {
  const { state } = useLive<VisitState | null>({
    key: `appointment:${initial.appointmentId}`,
    token,
    initial,
  });
  const router = useRouter();
  const signs = (of: VisitState) => `${of.phase === "missed"} ${of.noShow}`;
  const isAnother = state !== null && signs(state) !== signs(initial);
  useEffect(() => {
    if (isAnother) router.refresh();
  }, [isAnother, router]);
  return null;
}
