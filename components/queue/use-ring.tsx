"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState, useSyncExternalStore } from "react";
import { Button } from "@/components/ui/button";

const RING_EVERY_MS = 3_000;
const TONES_HZ = [660, 880];
const TONE_SECONDS = 0.18;

/** A browser that makes notifications in another way, as on phones, throws here: the sound and the title are left. */
function notify(title: string, body: string): Notification | null {
  if (!("Notification" in window) || Notification.permission !== "granted") return null;
  try {
    return new Notification(title, { body, tag: "queue-offer", requireInteraction: true });
  } catch {
    return null;
  }
}

/** Two short tones. A browser that lets no page sound before a click stays silent: the title and the notification are left. */
async function ring(context: AudioContext): Promise<void> {
  if (context.state === "suspended") await context.resume();
  TONES_HZ.forEach((frequency, index) => {
    const [tone, gain] = [context.createOscillator(), context.createGain()];
    const start = context.currentTime + index * TONE_SECONDS;
    tone.frequency.value = frequency;
    gain.gain.setValueAtTime(0.12, start);
    gain.gain.exponentialRampToValueAtTime(0.001, start + TONE_SECONDS);
    tone.connect(gain).connect(context.destination);
    tone.start(start);
    tone.stop(start + TONE_SECONDS);
  });
}

/**
 * Rings as long as the component is there: sound again and again, a mark in the page's title, and a notification of the browser where it
 * was allowed. The notification says that somebody waits, and nothing of whom.
 */
export function useRing(words: { title: string; body: string }): void {
  const { title, body } = words;
  useEffect(() => {
    const context = new AudioContext();
    const badge = `● ${title}`;
    let before = document.title;
    const call = () => {
      // Another page that was opened meanwhile has its own title.
      if (document.title !== badge) before = document.title;
      document.title = badge;
      void ring(context).catch(() => undefined);
    };
    call();
    const timer = setInterval(call, RING_EVERY_MS);
    const notification = notify(title, body);
    if (notification)
      notification.onclick = () => {
        window.focus();
        notification.close();
      };
    return () => {
      clearInterval(timer);
      void context.close();
      if (document.title === badge) document.title = before;
      notification?.close();
    };
  }, [title, body]);
}

const subscribeToNothing = () => () => undefined;
const canAsk = () => "Notification" in window && Notification.permission === "default";

/** Offers the browser's notifications, once: where they were allowed or refused already there is nothing to ask. */
export function NotifyMe() {
  const t = useTranslations("queue.duty");
  const isOpen = useSyncExternalStore(subscribeToNothing, canAsk, () => false);
  const [isAsked, setIsAsked] = useState(false);
  if (!isOpen || isAsked) return null;
  return (
    <Button
      size="sm"
      variant="quiet"
      onClick={() => void Notification.requestPermission().finally(() => setIsAsked(true))}
    >
      {t("notify")}
    </Button>
  );
}
