"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { useLive } from "@/components/ui/live/use-live";

type Dated = { isToday: boolean } | { isThisWeek: boolean };
const isPresent = (shown: Dated) => ("isToday" in shown ? shown.isToday : shown.isThisWeek);

/**
 * Turns the page of the present day or week to the next one once that is over, by the server's clock: a desk's page stays open overnight.
 * For a page whose address names no day.
 *
 * @param liveKey under which what is shown is followed
 */
export function TurnPage<T extends Dated>({ liveKey, initial }: { liveKey: string; initial: T }) {
  const { state } = useLive<T | null>({ key: liveKey, initial });
  const router = useRouter();
  const isOver = isPresent(initial) && state !== null && !isPresent(state);
  useEffect(() => {
    if (isOver) router.refresh();
  }, [isOver, router]);
  return null;
}
