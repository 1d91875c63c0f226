import { useTranslations } from "next-intl";
import type { PractitionerTimesDto, ZoneDto } from "@/lib/booking/types/times";
import type { ZoneChoice } from "@/lib/time/types";
import { CalendarFrame } from "../calendar/calendar-frame";
import { DayCalendar } from "../calendar/day-calendar";
import { ViewSwitch } from "../calendar/view-switch";
import { TimeZone } from "../time-zone";
import { DayList } from "./day-list";
import { DayTimes, type RenderTime } from "./day-times";
import { HeldTime } from "./held-time";
import { HoldForm } from "./hold-form";
import { PractitionerClock } from "./practitioner-clock";
import { TimeButton } from "./time-button";

/** A practitioner's free times by month or as a list; choosing one holds it and goes on to the form. */
export function TimesScreen({
  practitioner: { practitionerId, name },
  times,
  zone,
  choices,
}: {
  practitioner: { practitionerId: string; name: string };
  times: NonNullable<PractitionerTimesDto["times"]>;
  zone: ZoneDto;
  choices: readonly ZoneChoice[];
}) {
  const t = useTranslations("home.times");
  const { visitTypeId, view, monthHref, listHref } = times;
  const { clocks, held, liveKey } = times.view === "month" ? times.calendar : times.list;
  const renderTime: RenderTime = (time, label) => (
    <TimeButton time={time} label={label} isHeld={time.minute === held?.minute} />
  );
  return (
    <CalendarFrame liveKey={liveKey}>
      <section aria-labelledby="choose" className="flex flex-col gap-4">
        <div className="flex flex-col justify-between gap-x-6 gap-y-2 sm:flex-row sm:items-start">
          <div className="min-w-0">
            <h2 id="choose" className="text-xl font-semibold">
              {t("heading")}
            </h2>
            <TimeZone zone={zone} choices={choices}>
              {clocks ? <PractitionerClock clocks={clocks} name={name} /> : null}
            </TimeZone>
          </div>
          <ViewSwitch view={view} monthHref={monthHref} listHref={listHref} />
        </div>
        {held ? <HeldTime held={held} /> : null}
        {times.view === "month" ? (
          <div className="grid gap-x-10 gap-y-6 lg:grid-cols-2">
            <div className="self-start lg:sticky lg:top-6">
              <DayCalendar calendar={times.calendar} />
            </div>
            <HoldForm id="times" offer={{ practitionerId, visitTypeId }}>
              <DayTimes calendar={times.calendar} renderTime={renderTime} />
            </HoldForm>
          </div>
        ) : (
          <HoldForm id="times" offer={{ practitionerId, visitTypeId }}>
            <DayList list={times.list} renderTime={renderTime} />
          </HoldForm>
        )}
      </section>
    </CalendarFrame>
  );
}
