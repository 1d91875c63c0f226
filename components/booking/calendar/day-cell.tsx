"use client";

import { clsx } from "clsx";
import { useTranslations } from "next-intl";
import { OPEN_DAY_ID } from "@/lib/booking/format/open-day";
import type { DayDto } from "@/lib/booking/types/times";
import { useFreeCount } from "../times/live-times";
import { OpeningLink, useOpening } from "./opening";

const look =
  "relative flex min-h-14 w-full flex-col items-center justify-center rounded-md border leading-tight tabular-nums";

/** One day: a link to its times with how many there are, or why there are none. */
export function DayCell({
  day,
  isGrid,
  isCurrent,
  onVisit,
}: {
  day: DayDto;
  /** Whether keys move between the days, so that not every one is in the order of Tab. */
  isGrid: boolean;
  isCurrent: boolean;
  onVisit: (date: string) => void;
}) {
  const t = useTranslations("home.times");
  const { opening } = useOpening();
  const count = useFreeCount(day, day.freeTimes);
  const { date, name, dayNumber, sizes, empty, isOtherMonth, href } = day;
  const tabIndex = isGrid ? (isCurrent ? 0 : -1) : undefined;
  const mark = { "data-date": date, "data-own": !isOtherMonth, tabIndex };
  // What was pressed is the chosen one at once; the times need a moment.
  const isChosen = opening?.day ? opening.day.name === name : day.isChosen;

  if (empty) {
    return (
      <td {...mark} aria-current={isChosen ? "date" : undefined} className="rounded-md p-0">
        <span className={clsx(look, isChosen ? "border-control" : "border-transparent", "text-muted")}>
          <span aria-hidden="true">{dayNumber}</span>
          <span aria-hidden="true" className="text-xs">
            –
          </span>
          <span className="sr-only">{t("emptyDay", { name, why: t(`empty.${empty}`) })}</span>
        </span>
      </td>
    );
  }
  return (
    <td className="p-0">
      <OpeningLink
        {...mark}
        href={href}
        day={{ name, sizes }}
        focusId={OPEN_DAY_ID}
        onFocus={() => onVisit(date)}
        aria-current={isChosen ? "date" : undefined}
        aria-label={t("dayLabel", { name, count })}
        className={clsx(
          look,
          isChosen
            ? "border-transparent bg-accent text-on-accent"
            : "border-control bg-surface hover:bg-sunken",
        )}
      >
        <span className={isOtherMonth ? undefined : "font-semibold"}>{dayNumber}</span>
        <span className={clsx("text-xs", isChosen ? undefined : "text-accent")}>{count}</span>
      </OpeningLink>
    </td>
  );
}
