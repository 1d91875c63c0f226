import { useTranslations } from "next-intl";
import type { DayColumnDto } from "@/lib/visits/types/staff";

type Column = Pick<DayColumnDto, "working" | "away" | "hasOwnHours">;

/** A practitioner's hours of the day in a line, with whatever takes of them. */
export function useHoursWords(): (column: Column) => string {
  const t = useTranslations("staff.calendar");
  return ({ working, away, hasOwnHours }) => {
    const hours = working
      .map(({ fromTime, toTime }) => (fromTime === toTime ? t("allDay") : `${fromTime}–${toTime}`))
      .join(", ");
    return [
      hours === "" ? t("noHours") : hours,
      ...(hasOwnHours ? [t("ownHours")] : []),
      ...away.map(({ kind, fromTime, toTime }) => t(`awayLine.${kind}`, { from: fromTime, to: toTime })),
    ].join(" · ");
  };
}
