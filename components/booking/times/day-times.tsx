import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Link } from "@/components/ui/link";
import { OPEN_DAY_ID } from "@/lib/booking/format/open-day";
import type { CalendarDto, FreeTimeDto } from "@/lib/booking/types/times";

/**
 * The opened day's free times by part of the day, or why there are none and where the first one is.
 *
 * @param renderTime what a time is here: the button of a form, as a rule. `label` is the whole of it for screen readers and begins
 *   with what is seen: "10:30, Tuesday 14 March"
 */
export function DayTimes({
  calendar,
  renderTime,
}: {
  calendar: CalendarDto;
  renderTime: (time: FreeTimeDto, label: string) => ReactNode;
}) {
  const t = useTranslations("home.times");
  const { chosen } = calendar;
  if (!chosen) {
    return <NoTimes calendar={calendar} why={calendar.firstFree ? t("noneInMonth") : t("noneAtAll")} />;
  }
  const { name, freeTimes, parts } = chosen;
  return (
    <section aria-labelledby={OPEN_DAY_ID} className="flex flex-col gap-4">
      <div>
        <h2 id={OPEN_DAY_ID} tabIndex={-1} className="text-lg font-semibold">
          {name}
        </h2>
        {freeTimes > 0 ? <p className="text-muted">{t("freeTimes", { count: freeTimes })}</p> : null}
      </div>
      {freeTimes === 0 ? <NoTimes calendar={calendar} why={t("none")} /> : null}
      {parts.map(({ part, times }) => (
        <section key={part} aria-labelledby={`part-${part}`} className="flex flex-col gap-2">
          <h3 id={`part-${part}`} className="font-medium">
            {t(`part.${part}`)}
          </h3>
          <ul className="grid grid-cols-3 gap-2 sm:grid-cols-6">
            {times.map((time) => {
              const clock = time.offset ? `${time.time} ${time.offset}` : time.time;
              return (
                <li key={time.iso} className="grid">
                  {renderTime(time, t("timeLabel", { time: clock, date: name }))}
                </li>
              );
            })}
          </ul>
        </section>
      ))}
    </section>
  );
}

function NoTimes({ calendar: { firstFree }, why }: { calendar: CalendarDto; why: string }) {
  const t = useTranslations("home.times");
  return (
    <div className="flex flex-col items-start gap-2">
      <p>{why}</p>
      {firstFree ? (
        <Link href={firstFree.href} prefetch={false} scroll={false}>
          {t("firstFree", { date: firstFree.date, time: firstFree.time })}
        </Link>
      ) : null}
    </div>
  );
}
