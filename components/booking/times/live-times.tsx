"use client";

import { createContext, type ReactNode, useContext, useMemo } from "react";
import { useLive } from "@/components/ui/live/use-live";
import type { MinuteRange } from "@/lib/booking/types/times";

/** Minutes since 1970 at which a time is free by now. */
type FreeMinutes = ReadonlySet<number>;

const LiveContext = createContext<FreeMinutes | null>(null);

/** Follows what is taken and what comes free while the page is open. Without a key the page stays as it was made. */
export function LiveTimes({ liveKey, children }: { liveKey: string | null; children: ReactNode }) {
  return liveKey === null ? children : <Following liveKey={liveKey}>{children}</Following>;
}

function Following({ liveKey, children }: { liveKey: string; children: ReactNode }) {
  const { state } = useLive<readonly number[] | null>({ key: liveKey, initial: null });
  const free = useMemo(() => (state ? new Set(state) : null), [state]);
  return <LiveContext value={free}>{children}</LiveContext>;
}

/** What is free by now, or nothing while nobody has said more than the page. */
export const useFreeMinutes = (): FreeMinutes | null => useContext(LiveContext);

/** Whether a time of the page is not free any more. */
export function useIsGone(minute: number): boolean {
  const free = useFreeMinutes();
  return free !== null && !free.has(minute);
}

/**
 * How many times are free by now.
 *
 * @param rendered how many there were when the page was made
 */
export function useFreeCount({ fromMinute, toMinute }: MinuteRange, rendered: number): number {
  const free = useFreeMinutes();
  if (!free) return rendered;
  let count = 0;
  for (const minute of free) if (fromMinute <= minute && minute < toMinute) count += 1;
  return count;
}
