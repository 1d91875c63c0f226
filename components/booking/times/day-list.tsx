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
        <Day key={day.date} day={day} renderTime={renderTime} />
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

function Day({ day, renderTime }: { day: ListedDayDto; renderTime: RenderTime }) {
  const t = useTranslations("home.times");
  const { name, freeTimes, parts, isOpen, allHref } = day;
  return (
    <section
      aria-labelledby={headingId(day)}
      className="grid gap-2 border-t border-line pt-4 sm:grid-cols-[13rem_1fr] sm:gap-6"
    >
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 sm:flex-col sm:items-start sm:justify-start">
        <h3 id={headingId(day)} tabIndex={-1} className="rounded-sm font-semibold">
          {name}
        </h3>
        {allHref ? (
          <OpeningLink
            href={allHref}
            focusId={OPEN_DAY_ID}
            aria-label={t("list.allOf", { count: freeTimes, date: name })}
            className="relative inline-flex min-h-control items-center text-accent underline underline-offset-4"
          >
            {t("list.all", { count: freeTimes })}
          </OpeningLink>
        ) : (
          <p className="text-muted">{t("freeTimes", { count: freeTimes })}</p>
        )}
      </div>
      {isOpen ? (
        <div className="flex flex-col gap-4">
          <TimesByPart day={day} renderTime={renderTime} heading="h4" />
        </div>
      ) : (
        <TimesOf day={day} times={parts.flatMap(({ times }) => times)} renderTime={renderTime} />
      )}
    </section>
  );
}
