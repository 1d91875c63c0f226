import { clsx } from "clsx";
import { ChevronLeft, ChevronRight, type LucideIcon } from "lucide-react";
import NextLink from "next/link";
import { useTranslations } from "next-intl";
import { buttonClass } from "@/components/ui/button";
import type { CalendarDto, DayDto } from "@/lib/booking/types/times";
import { LinkProgress } from "../link-progress";

/** Two weeks, a column for each weekday; every day that has free times is a link that opens them. */
export function DayCalendar({ calendar }: { calendar: CalendarDto }) {
  const t = useTranslations("home.times");
  return (
    <nav aria-label={t("days", { range: calendar.title })} className="flex flex-col gap-2">
      <div className="flex items-center justify-between gap-2">
        <Step href={calendar.previousHref} label={t("previous")} icon={ChevronLeft} />
        <p className="text-center font-semibold">{calendar.title}</p>
        <Step href={calendar.nextHref} label={t("next")} icon={ChevronRight} />
      </div>
      <div aria-hidden="true" className="grid grid-cols-7 gap-0.5 text-center sm:gap-1 text-sm text-muted">
        {calendar.days.slice(0, 7).map(({ date, weekday }) => (
          <span key={date}>{weekday}</span>
        ))}
      </div>
      <ol className="grid grid-cols-7 gap-0.5 sm:gap-1">
        {calendar.days.map((day) => (
          <li key={day.date}>
            <Day day={day} />
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** Keeps its place where there is nothing further, so that the other arrow stays under the finger. */
function Step({ href, label, icon: Icon }: { href: string | null; label: string; icon: LucideIcon }) {
  if (href === null) return <span className="size-control" />;
  return (
    <NextLink
      href={href}
      prefetch={false}
      scroll={false}
      aria-label={label}
      className={buttonClass({ variant: "secondary", size: "icon", className: "relative" })}
    >
      <Icon aria-hidden="true" className="size-5 rtl:-scale-x-100" />
      <LinkProgress />
    </NextLink>
  );
}

const cell = "relative flex min-h-14 flex-col items-center justify-center rounded-md border leading-tight";

function Day({ day }: { day: DayDto }) {
  const t = useTranslations("home.times");
  if (day.freeTimes === 0) {
    const label = day.isOutside
      ? t("outside", { name: day.name })
      : t("dayLabel", { name: day.name, count: 0 });
    return (
      <span className={clsx(cell, day.isChosen ? "border-control" : "border-transparent", "text-muted")}>
        <span aria-hidden="true">{day.dayNumber}</span>
        <span aria-hidden="true" className="text-xs">
          –
        </span>
        <span className="sr-only">{label}</span>
      </span>
    );
  }
  return (
    <NextLink
      href={day.href}
      prefetch={false}
      scroll={false}
      aria-current={day.isChosen ? "date" : undefined}
      aria-label={t("dayLabel", { name: day.name, count: day.freeTimes })}
      className={clsx(
        cell,
        day.isChosen
          ? "border-transparent bg-accent text-on-accent"
          : "border-control bg-surface hover:bg-sunken",
      )}
    >
      <span className="font-semibold tabular-nums">{day.dayNumber}</span>
      <span className={clsx("text-xs tabular-nums", day.isChosen ? "" : "text-accent")}>{day.freeTimes}</span>
      <LinkProgress />
    </NextLink>
  );
}
