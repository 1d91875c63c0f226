import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { OPEN_DAY_ID } from "@/lib/booking/format/open-day";
import type { CalendarDto, FreeTimeDto, OpenDayDto } from "@/lib/booking/types/times";
import { OpeningLink } from "../calendar/opening";
import { DayCount, TimesNews } from "./times-news";
import { TIMES_GRID, TimesPending } from "./times-pending";

/** What a time is on this page: the button of a form, as a rule, with the whole of its name for screen readers. */
export type RenderTime = (time: FreeTimeDto, label: string) => ReactNode;

/**
 * The opened day's free times by part of the day, or why there are none and where the first one is. Goes into a `CalendarFrame`,
 * and into the form that a chosen time is for.
 */
export function DayTimes({ calendar, renderTime }: { calendar: CalendarDto; renderTime: RenderTime }) {
  const t = useTranslations("home.times");
  const { chosen, firstFree } = calendar;
  return (
    <TimesPending>
      {chosen ? (
        <section aria-labelledby={OPEN_DAY_ID} className="flex flex-col gap-4">
          <div>
            <h2 id={OPEN_DAY_ID} tabIndex={-1} className="w-fit rounded-sm text-lg font-semibold">
              {chosen.name}
            </h2>
            {chosen.freeTimes > 0 ? <DayCount day={chosen} /> : null}
          </div>
          {chosen.freeTimes === 0 ? <NoTimes firstFree={firstFree} why={t("none")} /> : null}
          <TimesByPart day={chosen} renderTime={renderTime} />
          <TimesNews times={chosen.parts.flatMap(({ times }) => times)} />
        </section>
      ) : (
        <NoTimes firstFree={firstFree} why={firstFree ? t("noneInMonth") : t("noneAtAll")} />
      )}
    </TimesPending>
  );
}

/** A day's times under the parts of the day. */
export function TimesByPart({
  day,
  renderTime,
  heading: Heading = "h3",
}: {
  day: OpenDayDto;
  renderTime: RenderTime;
  heading?: "h3" | "h4";
}) {
  const t = useTranslations("home.times");
  return day.parts.map(({ part, times }) => (
    <section key={part} aria-labelledby={`${day.date}-${part}`} className="flex flex-col gap-2">
      <Heading id={`${day.date}-${part}`} className="font-medium">
        {t(`part.${part}`)}
      </Heading>
      <TimesOf day={day} times={times} renderTime={renderTime} />
    </section>
  ));
}

/** Some of a day's times. */
export function TimesOf({
  day,
  times,
  renderTime,
}: {
  day: OpenDayDto;
  times: readonly FreeTimeDto[];
  renderTime: RenderTime;
}) {
  const t = useTranslations("home.times");
  return (
    <ul className={TIMES_GRID}>
      {times.map((time) => {
        const clock = time.offset ? `${time.time} ${time.offset}` : time.time;
        return (
          <li key={time.iso} className="grid">
            {renderTime(time, t("timeLabel", { time: clock, date: day.name }))}
          </li>
        );
      })}
    </ul>
  );
}

/** Why there is nothing to choose, and where the first free time is. */
export function NoTimes({ firstFree, why }: { firstFree: CalendarDto["firstFree"]; why: string }) {
  const t = useTranslations("home.times");
  return (
    <div className="flex flex-col items-start gap-2">
      <p>{why}</p>
      {firstFree ? (
        <OpeningLink
          href={firstFree.href}
          focusId={OPEN_DAY_ID}
          className="relative rounded-sm pb-2 text-accent underline underline-offset-4"
        >
          {t("firstFree", { date: firstFree.date, time: firstFree.time })}
        </OpeningLink>
      ) : null}
    </div>
  );
}
