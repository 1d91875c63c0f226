"use client";

import { useEffect, useRef, useState } from "react";
import { retryDelaySeconds } from "../call-machine";

/**
 * Tells the portal something as soon as it is due, once; where that fails, again after a while, later each time, for as long as it is due.
 *
 * @param tell returns whether it was heard
 */
export function useTelling(isDue: boolean, tell: () => Promise<boolean>): void {
  const latest = useRef(tell);
  useEffect(() => {
    latest.current = tell;
  });
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    if (!isDue) return setAttempt(0);
    let isOver = false;
    const timer = setTimeout(
      async () => {
        const isHeard = await latest.current();
        if (!isHeard && !isOver) setAttempt(attempt + 1);
      },
      attempt === 0 ? 0 : retryDelaySeconds(attempt) * 1000,
    );
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [isDue, attempt]);
}
