"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";

/** Whole minutes until an instant, by the visitor's own clock; nothing until the page has one, so that server and browser agree. */
export function useMinutesUntil(iso: string): number | undefined {
  const [minutes, setMinutes] = useState<number>();
  useEffect(() => {
    const tick = () => setMinutes(Math.ceil((Date.parse(iso) - Date.now()) / 60_000));
    tick();
    const timer = setInterval(tick, 10_000);
    return () => clearInterval(timer);
  }, [iso]);
  return minutes;
}

/** "Starts in 4 min". Its line is there from the beginning: what moves while a finger is down is not pressed. */
export function StartsIn({ iso }: { iso: string }) {
  const t = useTranslations("visit.startsIn");
  const minutes = useMinutesUntil(iso);
  return (
    <p className="min-h-lh text-muted tabular-nums">{minutes === undefined ? null : describe(t, minutes)}</p>
  );
}

function describe(t: ReturnType<typeof useTranslations<"visit.startsIn">>, minutes: number): string {
  if (minutes <= 0) return t("due");
  if (minutes < 60) return t("minutes", { minutes });
  if (minutes < 48 * 60) return t("hours", { hours: Math.round(minutes / 60) });
  return t("days", { days: Math.round(minutes / (24 * 60)) });
}
