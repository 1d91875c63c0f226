"use client";

import { clsx } from "clsx";
import { ChevronLeft, ChevronRight, type LucideIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { buttonClass } from "@/components/ui/button";
import type { CalendarDto } from "@/lib/booking/types/times";
import { DayCell } from "./day-cell";
import { OpeningLink, useOpening } from "./opening";
import { useGridKeys } from "./use-grid-keys";

const MONTH_ID = "month";

/**
 * A month in weeks from Monday; every day that has free times opens them, and the others say why they have none. A grid with keys
 * of its own, and a plain table of links where there is no JavaScript. Goes into a `CalendarFrame`.
 */
export function DayCalendar({ calendar }: { calendar: CalendarDto }) {
  const t = useTranslations("home.times");
  const { opening } = useOpening();
  const { table, isGrid, current, onKeyDown, visit } = useGridKeys(calendar);
  return (
    <div className="flex flex-col gap-2">
      <div className="flex items-center justify-between gap-2">
        <Step href={calendar.previousHref} label={t("previous")} icon={ChevronLeft} />
        <p id={MONTH_ID} aria-live="polite" className="text-center font-semibold">
          {calendar.title}
        </p>
        <Step href={calendar.nextHref} label={t("next")} icon={ChevronRight} />
      </div>
      <table
        ref={table}
        role={isGrid ? "grid" : undefined}
        aria-labelledby={MONTH_ID}
        aria-busy={opening !== null}
        onKeyDown={onKeyDown}
        className="w-full table-fixed border-separate border-spacing-0.5 sm:border-spacing-1"
      >
        <thead className="text-sm text-muted">
          <tr>
            {calendar.weekdays.map(({ short, long }) => (
              <th key={long} scope="col" abbr={long} className="p-0 pb-1 font-normal">
                {short}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {calendar.weeks.map((week) => (
            <tr key={week[0]?.date}>
              {week.map((day) => (
                <DayCell
                  key={day.date}
                  day={day}
                  isGrid={isGrid}
                  isCurrent={day.date === current}
                  onVisit={visit}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Keeps its place where there is nothing further, so that the other arrow stays under the finger. */
function Step({ href, label, icon: Icon }: { href: string | null; label: string; icon: LucideIcon }) {
  if (href === null) return <span className="size-control" />;
  return (
    <OpeningLink
      href={href}
      aria-label={label}
      className={clsx(buttonClass({ variant: "secondary", size: "icon" }), "relative")}
    >
      <Icon aria-hidden="true" className="size-5 rtl:-scale-x-100" />
    </OpeningLink>
  );
}
