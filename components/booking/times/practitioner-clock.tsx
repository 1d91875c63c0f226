import { useTranslations } from "next-intl";
import type { CalendarDto } from "@/lib/booking/types/times";

/** Where the practitioner's clock differs from the viewer's: one of the times on both. */
export function PractitionerClock({
  clocks: { here, there },
  name,
}: {
  clocks: NonNullable<CalendarDto["clocks"]>;
  name: string;
}) {
  const t = useTranslations("home.times");
  const isSameDay = here.shortDate === there.shortDate;
  return (
    <p className="measure text-muted tabular-nums">
      {t("clocks", {
        name,
        place: there.zone,
        here: here.time,
        there: isSameDay ? there.time : `${there.shortDate}, ${there.time}`,
      })}
    </p>
  );
}
