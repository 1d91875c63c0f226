import { useTranslations } from "next-intl";
import { buttonClass } from "@/components/ui/button";
import { OPEN_DAY_ID } from "@/lib/booking/format/open-day";
import type { DayListDto, ListedDayDto } from "@/lib/booking/types/times";
import { OpeningLink } from "../calendar/opening";
import { NoTimes, type RenderTime, TimesByPart, TimesOf } from "./day-times";
import { TimesNews } from "./times-news";

const idOf = (date: string) => `day-${date}`;
const headingId = ({ isOpen, date }: ListedDayDto) => (isOpen ? OPEN_DAY_ID : idOf(date));

/**
 * The next days with free times below each other, with the first times of each. Goes into a `CalendarFrame`, and into the form that
 * a chosen time is for.
 */
export function DayList({ list, renderTime }: { list: DayListDto; renderTime: RenderTime }) {
  const t = useTranslations("home.times");
  const { days, firstFree, firstHref, moreHref, moreFrom } = list;
  return (
    <div className="flex flex-col gap-6">
      {firstHref ? (
        <OpeningLink
          href={firstHref}
          className="relative w-fit pb-1 text-accent underline underline-offset-4"
        >
          {t("list.first")}
        </OpeningLink>
      ) : null}
      {days.length === 0 ? (
        <NoTimes firstFree={firstFree} why={firstFree ? t("list.none") : t("noneAtAll")} />
      ) : null}
      {days.map((day) => (
        <section key={day.date} aria-labelledby={headingId(day)} className="flex flex-col gap-2">
          <div className="flex flex-wrap items-baseline gap-x-3">
            <h3 id={headingId(day)} tabIndex={-1} className="rounded-sm font-semibold">
              {day.name}
            </h3>
            <p className="text-sm text-muted">{t("freeTimes", { count: day.freeTimes })}</p>
          </div>
          {day.isOpen ? (
            <TimesByPart day={day} renderTime={renderTime} />
          ) : (
            <TimesOf day={day} times={day.parts.flatMap(({ times }) => times)} renderTime={renderTime} />
          )}
          {day.allHref ? (
            <OpeningLink
              href={day.allHref}
              focusId={OPEN_DAY_ID}
              className="relative inline-flex min-h-control w-fit items-center text-accent underline underline-offset-4"
            >
              {t("list.all", { count: day.freeTimes, date: day.name })}
            </OpeningLink>
          ) : null}
        </section>
      ))}
      {moreHref ? (
        <OpeningLink
          href={moreHref}
          {...(moreFrom ? { focusId: idOf(moreFrom) } : {})}
          className={buttonClass({ className: "relative self-stretch sm:self-start" })}
        >
          {t("list.more")}
        </OpeningLink>
      ) : null}
      <TimesNews times={days.flatMap(({ parts }) => parts.flatMap(({ times }) => times))} />
    </div>
  );
}
