import { clsx } from "clsx";
import { CalendarDays, CalendarOff, CalendarPlus, ChevronLeft, ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ClientMessages } from "@/components/layout/client-messages";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import type { AgendaDto, AwayDto } from "@/lib/visits/types/agenda";
import { AgendaList } from "./agenda-list";
import { DayDelay } from "./day/day-delay";
import { KeysDialog } from "./day/keys-dialog";
import { ViewSwitch } from "./day/view-switch";

/**
 * The practitioner's workspace: the day on one side, the open visit on the other. During a call the day stays, so the next
 * patient's arrival is seen. On a phone it is one or the other.
 */
export function AgendaScreen({
  agenda,
  selectedId,
  children,
}: {
  agenda: AgendaDto;
  selectedId: string | undefined;
  children?: ReactNode;
}) {
  const t = useTranslations("agenda");
  return (
    <div
      className={clsx(
        "grid gap-6 lg:h-full lg:grid-cols-[minmax(20rem,24rem)_1fr]",
        // An open visit has two columns of its own from here on; the video of a call needs the room more than the day does.
        selectedId !== undefined &&
          "xl:max-2xl:grid-cols-[20rem_minmax(0,1fr)] xl:max-2xl:has-[iframe]:grid-cols-[13rem_minmax(0,1fr)]",
      )}
    >
      <section
        aria-label={t("day")}
        className={clsx("flex min-h-0 flex-col gap-3", selectedId !== undefined && "max-lg:hidden")}
      >
        <header className="flex items-center justify-between gap-2">
          <div className="min-w-0">
            {selectedId === undefined ? (
              <h1 className="text-lg font-semibold">{agenda.title}</h1>
            ) : (
              <h2 className="text-lg font-semibold">{agenda.title}</h2>
            )}
            <p className="text-sm text-muted">{t("zone", { zone: agenda.zone })}</p>
          </div>
          <nav aria-label={t("days")} className="flex shrink-0 items-center">
            <ButtonLink
              href={`/agenda?date=${agenda.previous}`}
              variant="quiet"
              size="icon"
              aria-label={t("previousDay")}
            >
              <ChevronLeft aria-hidden="true" className="size-5 rtl:-scale-x-100" />
            </ButtonLink>
            {agenda.isToday ? null : (
              <ButtonLink href="/agenda" variant="quiet" size="sm">
                {t("today")}
              </ButtonLink>
            )}
            <ButtonLink
              href={`/agenda?date=${agenda.next}`}
              variant="quiet"
              size="icon"
              aria-label={t("nextDay")}
            >
              <ChevronRight aria-hidden="true" className="size-5 rtl:-scale-x-100" />
            </ButtonLink>
          </nav>
        </header>
        <ClientMessages namespaces={["day"]}>
          <ViewSwitch view="day" date={agenda.date} />
        </ClientMessages>
        <Away away={agenda.away} />
        {agenda.items.length === 0 ? (
          <EmptyState title={t("empty.title")} icon={CalendarDays}>
            <p>{t("empty.body")}</p>
          </EmptyState>
        ) : (
          <div className="min-h-0 overflow-y-auto rounded-md border border-line bg-surface">
            <ClientMessages namespaces={["agenda", "day"]}>
              <AgendaList key={agenda.date} agenda={agenda} selectedId={selectedId} />
            </ClientMessages>
          </div>
        )}
        <p>
          <ButtonLink href={`/agenda/book?day=${agenda.date}`} size="sm">
            <CalendarPlus aria-hidden="true" className="size-4" />
            {t("book")}
          </ButtonLink>
        </p>
        <ClientMessages namespaces={["day"]}>
          <DayDelay key={agenda.date} agenda={agenda} />
          <p className="hidden text-sm text-muted lg:block">{t("keys")}</p>
          <KeysDialog />
        </ClientMessages>
      </section>
      <div
        className={clsx(
          "flex min-h-0 min-w-0 flex-col lg:overflow-y-auto",
          selectedId === undefined && "max-lg:hidden",
        )}
      >
        {children ?? (
          <EmptyState
            title={t("choose.title")}
            icon={CalendarDays}
            className="hidden grow justify-center lg:flex"
          >
            <p>{t("choose.body")}</p>
          </EmptyState>
        )}
      </div>
    </div>
  );
}

/** When nobody can be booked that day, although the week's hours say so. */
function Away({ away }: { away: readonly AwayDto[] }) {
  const t = useTranslations("agenda.away");
  if (away.length === 0) return null;
  return (
    <ul className="flex flex-col gap-1 rounded-md border border-dashed border-line px-3 py-2 text-sm text-muted">
      {away.map(({ kind, fromTime, toTime }) => (
        <li key={`${kind}-${fromTime}`} className="flex items-center gap-2 tabular-nums">
          <CalendarOff aria-hidden="true" className="size-4 shrink-0" />
          {t(kind, { from: fromTime, to: toTime })}
        </li>
      ))}
    </ul>
  );
}
