import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { dayNames } from "@/lib/availability/format/hours";
import type { ScheduleDto } from "@/lib/availability/types";
import { HoursEditor } from "./hours/hours-editor";
import { PlanList } from "./hours/plan-list";
import { Overrides } from "./overrides";
import { TimesOff } from "./times-off";

type Props = {
  schedule: ScheduleDto;
  /** The page's own address: what is shown of the schedule is asked for there. */
  path: string;
  /** How many intervals a day may have. */
  limit: number;
};

/** The weekly hours of one practitioner, for themselves and for administrators alike. */
export function WeeklyHours({ schedule, path, limit }: Props) {
  const t = useTranslations("schedule.sections");
  return (
    <ScheduleSection id="hours" title={t("hours")}>
      <PlanList schedule={schedule} path={path} />
      <HoursEditor schedule={schedule} names={dayNames(useLocale())} limit={limit} />
    </ScheduleSection>
  );
}

/** What is other than every week. */
export function Exceptions({ schedule, path, limit }: Props) {
  const t = useTranslations("schedule.sections");
  return (
    <>
      <ScheduleSection id="special-days" title={t("overrides")}>
        <Overrides schedule={schedule} path={path} limit={limit} />
      </ScheduleSection>
      <ScheduleSection id="time-off" title={t("timesOff")}>
        <TimesOff schedule={schedule} />
      </ScheduleSection>
    </>
  );
}

export const ScheduleSection = ({
  id,
  title,
  children,
}: {
  id: string;
  title: string;
  children: ReactNode;
}) => (
  <section id={id} aria-labelledby={`${id}-title`} className="flex min-w-0 flex-col gap-3">
    <h2 id={`${id}-title`} className="text-lg font-semibold">
      {title}
    </h2>
    {children}
  </section>
);
