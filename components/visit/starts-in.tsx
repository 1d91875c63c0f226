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

/** "Starts in 4 min". */
export function StartsIn({ iso }: { iso: string }) {
  const t = useTranslations("visit.startsIn");
  const minutes = useMinutesUntil(iso);
  if (minutes === undefined) return null;
  const text =
    minutes <= 0
      ? t("due")
      : minutes < 60
        ? t("minutes", { minutes })
        : minutes < 48 * 60
          ? t("hours", { hours: Math.round(minutes / 60) })
          : t("days", { days: Math.round(minutes / (24 * 60)) });
  return <p className="text-muted tabular-nums">{text}</p>;
}
