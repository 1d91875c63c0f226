import { useEffect, useRef, useState } from "react";
import type { HoldDto } from "@/lib/booking/types/form";

/** A form that was sent leaves the page, or brings it back within this time: no holder has gone. */
const SENDING_MS = 10_000;

/** Orders what this browser says, across its pages too: microseconds by its clock. */
const nextWord = (() => {
  let last = 0;
  return () => {
    last = Math.max(last + 1, Math.round((performance.timeOrigin + performance.now()) * 1000));
    return last;
  };
})();

const secondsUntil = (endsAt: number) => Math.max(0, Math.ceil((endsAt - Date.now()) / 1000));

async function askBack(holdId: string): Promise<number | undefined> {
  try {
    const answer = await fetch("/api/hold/return", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ holdId, sequence: nextWord() }),
    });
    if (!answer.ok) return undefined;
    const { secondsLeft } = (await answer.json()) as { secondsLeft: number };
    return secondsLeft;
  } catch {
    // Without a connection the page's own count goes on.
    return undefined;
  }
}

/**
 * How many seconds a time is still held, counted down. Tells the portal when the page is left, which lets go of the time soon, and
 * when it is seen again, which keeps it; never while a form is being sent.
 *
 * @param isSending whether the form around it is being sent
 */
export function useHold({ holdId, secondsLeft }: HoldDto, isSending: boolean): number {
  const [left, setLeft] = useState(secondsLeft);
  const endsAt = useRef(0);
  const sentAt = useRef(Number.NEGATIVE_INFINITY);
  const sending = useRef(isSending);
  useEffect(() => {
    sending.current = isSending;
    // The answer has come, and the page is still there.
    if (!isSending) sentAt.current = Number.NEGATIVE_INFINITY;
  }, [isSending]);

  useEffect(() => {
    const count = (seconds: number) => {
      endsAt.current = Date.now() + seconds * 1000;
      setLeft(seconds);
    };
    count(secondsLeft);
    let isGone = false;
    const comeBack = async () => {
      const seconds = await askBack(holdId);
      if (seconds !== undefined && !isGone) count(seconds);
    };
    const leave = () => {
      if (sending.current || performance.now() - sentAt.current < SENDING_MS) return;
      const word = JSON.stringify({ holdId, sequence: nextWord() });
      navigator.sendBeacon("/api/hold/leave", new Blob([word], { type: "application/json" }));
    };
    const send = () => {
      sentAt.current = performance.now();
    };
    const look = () => {
      if (document.visibilityState === "visible") void comeBack();
    };
    const show = (event: PageTransitionEvent) => {
      if (event.persisted) void comeBack();
    };
    const ticking = setInterval(() => setLeft(secondsUntil(endsAt.current)), 1000);
    void comeBack();
    document.addEventListener("submit", send, true);
    document.addEventListener("visibilitychange", look);
    window.addEventListener("pageshow", show);
    window.addEventListener("pagehide", leave);
    return () => {
      isGone = true;
      clearInterval(ticking);
      document.removeEventListener("submit", send, true);
      document.removeEventListener("visibilitychange", look);
      window.removeEventListener("pageshow", show);
      window.removeEventListener("pagehide", leave);
      leave();
    };
  }, [holdId, secondsLeft]);
  return left;
}
