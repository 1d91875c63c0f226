"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { useLive } from "@/components/ui/live/use-live";
import type { VisitState } from "@/lib/visits/types/visit";
import { callVisit } from "./call-api";
import { mayPass } from "./call-machine";
import { useTelling } from "./joining/use-telling";

/**
 * A visit's state while its page is open, as the stream says it. Where the visit was moved meanwhile the page is loaded again. With
 * `present` the portal is told that the patient has come, as soon as the waiting room is open, or later.
 */
export function useVisitState({
  initial,
  token,
  present,
}: {
  initial: VisitState;
  token: string | undefined;
  present: boolean;
}) {
  const { appointmentId } = initial;
  const live = useLive<VisitState>({ key: `appointment:${appointmentId}`, token, initial });
  const [told, setTold] = useState<{ over: VisitState; state: VisitState } | null>(null);
  // What the answer to the arrival says counts until the stream says something newer.
  const state = told && told.over === live.state ? told.state : live.state;

  // Somebody has moved the visit: what the page says of its time is no longer so.
  const router = useRouter();
  const hasMoved = state.startsAt !== initial.startsAt;
  useEffect(() => {
    if (hasMoved) router.refresh();
  }, [hasMoved, router]);

  const connection = live.status;
  const isOpen = state.phase === "waiting" || state.phase === "in_progress";
  useTelling(present && isOpen && !state.arrivedTime && connection !== "offline", async () => {
    const over = live.state;
    const answer = await callVisit("arrive", appointmentId, token);
    if (answer.kind === "ok") setTold({ over, state: answer.value });
    return !mayPass(answer);
  });

  return { state, connection };
}
