"use client";

import { useEffect, useState } from "react";
import { canReach } from "../check/probes";
import {
  FRAME_MOMENTS_SECONDS,
  type FrameFacts,
  type FrameTrouble,
  frameTrouble,
  type Inside,
} from "./frame-trouble";

const UNKNOWN = {
  seconds: 0,
  hasLoaded: false,
  isReachable: undefined,
  areDevicesRefused: false,
  keepsNothing: false,
} satisfies Partial<FrameFacts>;

/**
 * Watches for a frame that stays empty: blocked by the browser, by a certificate, by refused devices.
 *
 * @param src the frame's address; each new one is watched anew
 */
export function useFrameProbe(
  src: string | undefined,
  inside: Inside,
): { trouble: FrameTrouble | undefined; noteLoaded: () => void } {
  const [facts, setFacts] = useState<Omit<FrameFacts, keyof Inside>>(UNKNOWN);
  useEffect(() => {
    if (!src) return;
    let isOver = false;
    const learn = (more: Partial<FrameFacts>) => {
      if (!isOver) setFacts((known) => ({ ...known, ...more }));
    };
    setFacts({ ...UNKNOWN, keepsNothing: !navigator.cookieEnabled });
    const timers = FRAME_MOMENTS_SECONDS.map((seconds) =>
      setTimeout(() => learn({ seconds }), seconds * 1000),
    );
    void canReach(new URL(src).origin).then((isReachable) => learn({ isReachable }));
    void isMicrophoneRefused().then((areDevicesRefused) => learn({ areDevicesRefused }));
    return () => {
      isOver = true;
      for (const timer of timers) clearTimeout(timer);
    };
  }, [src]);
  return {
    trouble: src ? frameTrouble({ ...facts, ...inside }) : undefined,
    noteLoaded: () => setFacts((known) => ({ ...known, hasLoaded: true })),
  };
}

/** Not every browser tells; one that does not is believed to allow it. */
async function isMicrophoneRefused(): Promise<boolean> {
  try {
    return (await navigator.permissions.query({ name: "microphone" as PermissionName })).state === "denied";
  } catch {
    return false;
  }
}
