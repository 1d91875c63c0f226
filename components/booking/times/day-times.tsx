import { useTranslations } from "next-intl";
import { Link } from "@/components/ui/link";
import type { CalendarDto } from "@/lib/booking/types/times";
import { TimeLink } from "../time-link";

/** The opened day's free times by part of the day, or why there are none and where the first one is. */
export function DayTimes({ calendar }: { calendar: CalendarDto }) {
  const t = useTranslations("home.times");
  const { chosen } = calendar;
  if (!chosen) {
    return <NoTimes calendar={calendar} why={calendar.firstFree ? t("noneInWindow") : t("noneAtAll")} />;
  }
  const count = chosen.parts.reduce((sum, { times }) => sum + times.length, 0);
  return (
    <section aria-labelledby="day" className="flex flex-col gap-4">
      <div>
        <h2 id="day" className="text-lg font-semibold">
          {chosen.name}
        </h2>
        {count > 0 ? <p className="text-muted">{t("freeTimes", { count })}</p> : null}
      </div>
      {count === 0 ? <NoTimes calendar={calendar} why={t("none")} /> : null}
      {chosen.parts.map(({ part, times }) => (
        <section key={part} aria-labelledby={`part-${part}`} className="flex flex-col gap-2">
          <h3 id={`part-${part}`} className="font-medium">
            {t(`part.${part}`)}
          </h3>
          <ul className="grid grid-cols-3 gap-2 sm:grid-cols-6">
            {times.map((time) => (
              <li key={time.iso} className="grid">
                <TimeLink
                  time={time}
                  label={t("timeLabel", {
                    time: time.offset ? `${time.time} ${time.offset}` : time.time,
                    date: chosen.name,
                  })}
                />
              </li>
            ))}
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
