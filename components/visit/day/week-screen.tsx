import { ChevronLeft, ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { ClientMessages } from "@/components/layout/client-messages";
import { ButtonLink } from "@/components/ui/button";
import type { AgendaWeekDto } from "@/lib/visits/types/agenda";
import { KeysDialog } from "./keys-dialog";
import { ViewSwitch } from "./view-switch";
import { WeekDays } from "./week-days";

/** A practitioner's week: seven columns on a wide screen, one day after another on a phone. */
export function WeekScreen({ week }: { week: AgendaWeekDto }) {
  const t = useTranslations("day.week");
  const agenda = useTranslations("agenda");
  const today = week.days.find(({ isToday }) => isToday);
  return (
    <div className="flex flex-col gap-4">
      <header className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <div>
          <h1 className="text-lg font-semibold">{week.title}</h1>
          <p className="text-sm text-muted">{agenda("zone", { zone: week.zone })}</p>
        </div>
        <div className="flex flex-wrap items-center gap-2">
          <ClientMessages namespaces={["day"]}>
            <ViewSwitch view="week" date={today?.date ?? week.from} />
          </ClientMessages>
          <nav aria-label={t("weeks")} className="flex items-center">
            <ButtonLink
              href={`/agenda/week?date=${week.previous}`}
              variant="quiet"
              size="icon"
              aria-label={t("previous")}
            >
              <ChevronLeft aria-hidden="true" className="size-5 rtl:-scale-x-100" />
            </ButtonLink>
            {week.isThisWeek ? null : (
              <ButtonLink href="/agenda/week" variant="quiet" size="sm">
                {t("this")}
              </ButtonLink>
            )}
            <ButtonLink
              href={`/agenda/week?date=${week.next}`}
              variant="quiet"
              size="icon"
              aria-label={t("next")}
            >
              <ChevronRight aria-hidden="true" className="size-5 rtl:-scale-x-100" />
            </ButtonLink>
          </nav>
        </div>
      </header>
      <ClientMessages namespaces={["agenda", "day"]}>
        <WeekDays key={week.from} week={week} />
        <KeysDialog />
      </ClientMessages>
    </div>
  );
}
