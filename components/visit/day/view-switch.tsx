"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { ButtonLink } from "@/components/ui/button";
import { followKeys } from "./keys";

/** Day or week of the same date, also by key; and the way to today. */
export function ViewSwitch({ view, date }: { view: "day" | "week"; date: string }) {
  const t = useTranslations("day.views");
  const router = useRouter();
  const hrefs = { day: `/agenda?date=${date}`, week: `/agenda/week?date=${date}` };
  const other = hrefs[view === "day" ? "week" : "day"];
  useEffect(
    () =>
      followKeys({
        v: () => router.push(other),
        t: () => router.push(view === "day" ? "/agenda" : "/agenda/week"),
      }),
    [router, other, view],
  );
  return (
    <nav aria-label={t("label")} className="flex gap-1">
      {(["day", "week"] as const).map((name) => (
        <ButtonLink
          key={name}
          href={hrefs[name]}
          variant={name === view ? "secondary" : "quiet"}
          size="sm"
          aria-current={name === view ? "page" : undefined}
        >
          {t(name)}
        </ButtonLink>
      ))}
    </nav>
  );
}
