import { clsx } from "clsx";
import { ChevronLeft, ChevronRight, type LucideIcon } from "lucide-react";
import NextLink from "next/link";
import { useTranslations } from "next-intl";
import { buttonClass } from "@/components/ui/button";
import type { CalendarDto, DayDto } from "@/lib/booking/types/times";
import { LinkProgress } from "../link-progress";

/** A month in weeks from Monday; every day that has free times is a link that opens them. */
export function DayCalendar({ calendar }: { calendar: CalendarDto }) {
  const t = useTranslations("home.times");
  return (
    <div className="flex flex-col gap-2">
      <div className="flex items-center justify-between gap-2">
        <Step href={calendar.previousHref} label={t("previous")} icon={ChevronLeft} />
        <p id="month" className="text-center font-semibold">
          {calendar.title}
        </p>
        <Step href={calendar.nextHref} label={t("next")} icon={ChevronRight} />
      </div>
      <table aria-labelledby="month" className="w-full table-fixed border-separate border-spacing-0.5">
        <thead className="text-sm text-muted">
          <tr>
            {calendar.weekdays.map(({ short, long }) => (
              <th key={long} scope="col" abbr={long} className="font-normal">
                {short}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {calendar.weeks.map((week) => (
            <tr key={week[0]?.date}>
              {week.map((day) => (
                <td key={day.date} className="p-0">
                  <Day day={day} />
                </td>
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
  const { name, dayNumber, freeTimes, empty, isChosen, isOtherMonth, href } = day;
  const label = empty ? `${name}: ${t(`empty.${empty}`)}` : t("dayLabel", { name, count: freeTimes });
  if (empty) {
    return (
      <span className={clsx(cell, isChosen ? "border-control" : "border-transparent", "text-muted")}>
        <span aria-hidden="true">{dayNumber}</span>
        <span aria-hidden="true" className="text-xs">
          –
        </span>
        <span className="sr-only">{label}</span>
      </span>
    );
  }
  return (
    <NextLink
      href={href}
      prefetch={false}
      scroll={false}
      aria-current={isChosen ? "date" : undefined}
      aria-label={label}
      className={clsx(
        cell,
        isChosen
          ? "border-transparent bg-accent text-on-accent"
          : "border-control bg-surface hover:bg-sunken",
      )}
    >
      <span className={clsx("tabular-nums", isOtherMonth ? "" : "font-semibold")}>{dayNumber}</span>
      <span className={clsx("text-xs tabular-nums", isChosen ? "" : "text-accent")}>{freeTimes}</span>
      <LinkProgress />
    </NextLink>
  );
}
