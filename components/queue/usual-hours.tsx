import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import type { HoursDto } from "@/lib/queue/types";

/** When somebody of a specialty is usually there: a card for each zone in which hours are kept. */
export function UsualHours({ hours }: { hours: readonly HoursDto[] }) {
  const t = useTranslations("queue.now");
  return hours.map(({ zone, lines }) => (
    <Card key={zone} className="flex flex-col gap-3">
      <h2 className="text-lg font-semibold">{t("hours")}</h2>
      <dl className="grid w-fit grid-cols-[auto_auto] gap-x-6 gap-y-1 tabular-nums">
        {lines.map(({ days, times }) => (
          <div key={days} className="contents">
            <dt>{days}</dt>
            <dd>{times}</dd>
          </div>
        ))}
      </dl>
      <p className="text-muted">{zone}</p>
    </Card>
  ));
}
