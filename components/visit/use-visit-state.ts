"use client";

import { useRouter } from "next/navigation";
import { useCallback, useEffect, useState } from "react";
import { useLive } from "@/components/ui/live/use-live";
import type { VisitState } from "@/lib/visits/types/visit";
import { callVisit } from "./call-api";

/** A timer takes at most 2³¹ − 1 ms; a page open for longer than this asks once more. */
const LONGEST_WAIT_MS = 24 * 60 * 60 * 1000;

/**
 * A visit's state while its page is open: as the stream says it and, where the clock alone changes it, as asked again at that
 * moment. Where the visit was moved meanwhile the page is loaded again. With `present` the portal is told that the patient is here.
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
  const [asked, setAsked] = useState<{ over: VisitState | null; state: VisitState } | null>(null);
  // What was asked for counts until the stream says something newer.
  const state = asked && asked.over === live.state ? asked.state : live.state;

  const ask = useCallback(async () => {
    const over = live.state;
    const answer = await callVisit("arrive", appointmentId, token);
    if (answer.kind === "ok") setAsked({ over, state: answer.value });
  }, [appointmentId, token, live.state]);

  // Somebody has moved the visit: what the page says of its time is no longer so.
  const router = useRouter();
  const hasMoved = state != null && state.startsAt !== initial.startsAt;
  useEffect(() => {
    if (hasMoved) router.refresh();
  }, [hasMoved, router]);

  const phase = state?.phase;
  const changesAt = state?.changesAt;
  const arrives = present && phase === "waiting" && !state?.arrivedTime;
  useEffect(() => {
    if (arrives) void ask();
  }, [arrives, ask]);

  useEffect(() => {
    if (!present || !changesAt) return;
    const wait = Math.min(Math.max(0, Date.parse(changesAt) - Date.now()) + 250, LONGEST_WAIT_MS);
    const timer = setTimeout(() => void ask(), wait);
    return () => clearTimeout(timer);
  }, [present, changesAt, ask]);

  return { state, connection: live.status };
}
