"use client";

import { useTranslations } from "next-intl";
import { hoursPerWeek, previewWeek } from "@/lib/availability/format/hours";
import type { DayName, WeeklyInterval } from "@/lib/availability/types";

const DAY_MINUTES = 1_440;
const GRID_HOURS = [6, 12, 18] as const;
const AXIS_HOURS = [0, 6, 12, 18, 24] as const;

/** A week's hours as bars from midnight to midnight. For the eye: the fields beside it say the same. */
export function WeekPreview({
  hours,
  names,
}: {
  hours: readonly WeeklyInterval[];
  names: readonly DayName[];
}) {
  const t = useTranslations("schedule.hours");
  return (
    <figure className="flex flex-col gap-2">
      <figcaption className="flex flex-wrap items-baseline justify-between gap-x-4">
        <span className="font-semibold">{t("preview")}</span>
        <span className="text-sm text-muted tabular-nums">
          {t("perWeek", { hours: hoursPerWeek(hours) })}
        </span>
      </figcaption>
      <div aria-hidden="true" className="grid grid-cols-[2.5rem_1fr] items-center gap-y-1 text-xs text-muted">
        {previewWeek(hours).map(({ weekday, parts }) => (
          <div key={weekday} className="contents">
            <span>{names.find((name) => name.weekday === weekday)?.short}</span>
            <svg
              aria-hidden="true"
              viewBox={`0 0 ${DAY_MINUTES} 10`}
              preserveAspectRatio="none"
              className="h-4 w-full rounded-sm bg-sunken rtl:-scale-x-100"
            >
              {parts.map(({ start, end }) => (
                <rect key={start} x={start} width={end - start} height="10" className="fill-accent" />
              ))}
              {GRID_HOURS.map((hour) => (
                <line
                  key={hour}
                  x1={hour * 60}
                  x2={hour * 60}
                  y2="10"
                  vectorEffect="non-scaling-stroke"
                  className="stroke-line"
                />
              ))}
            </svg>
          </div>
        ))}
        <span />
        <span className="flex justify-between tabular-nums">
          {AXIS_HOURS.map((hour) => (
            <span key={hour}>{hour}</span>
          ))}
        </span>
      </div>
    </figure>
  );
}
