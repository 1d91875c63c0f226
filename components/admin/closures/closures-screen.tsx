import { CalendarOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { RemoveForm } from "@/components/availability/remove-form";
import { ScheduleSection } from "@/components/availability/schedule-sections";
import { ClientMessages } from "@/components/layout/client-messages";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { removeClosureAction } from "@/lib/availability/actions/closures";
import type { ClosureLineDto } from "@/lib/availability/types";
import { ClosureForm } from "./closure-form";
import { ImportForm } from "./import-form";

/** The clinic's closures to come, the form of one more, and the import of a country's holidays. */
export function ClosuresScreen({
  closures,
  today,
  fileBytes,
}: {
  closures: readonly ClosureLineDto[];
  today: string;
  fileBytes: number;
}) {
  const t = useTranslations("schedule.closures");
  return (
    <div className="flex flex-col gap-6">
      <PageHeader title={t("title")} lead={t("lead")} />
      <ClientMessages namespaces={["schedule"]}>
        <div className="grid gap-8 xl:grid-cols-[minmax(0,3fr)_minmax(22rem,2fr)]">
          <section aria-label={t("caption")} className="min-w-0">
            {closures.length === 0 ? (
              <EmptyState title={t("empty")} icon={CalendarOff}>
                <p>{t("emptyBody")}</p>
              </EmptyState>
            ) : (
              <ul className="flex flex-col divide-y divide-line rounded-md border border-line bg-surface">
                {closures.map(({ closureId, title, days, imported }) => (
                  <li
                    key={closureId}
                    className="flex flex-wrap items-start justify-between gap-x-4 px-card py-2"
                  >
                    <span className="flex min-w-0 flex-col">
                      <span className="font-medium break-words">{title}</span>
                      <span className="text-sm text-muted">
                        {imported ? `${days} · ${t("imported")}` : days}
                      </span>
                    </span>
                    <RemoveForm
                      id={`remove-closure-${closureId}`}
                      action={removeClosureAction}
                      fields={{ closureId }}
                      label={t("remove")}
                      aria-label={t("removeClosure", { title, days })}
                    />
                  </li>
                ))}
              </ul>
            )}
          </section>
          <div className="flex min-w-0 flex-col gap-8">
            <ScheduleSection id="add" title={t("add")}>
              <ClosureForm known={closures.length} today={today} />
            </ScheduleSection>
            <ScheduleSection id="import" title={t("import")}>
              <ImportForm fileBytes={fileBytes} />
            </ScheduleSection>
          </div>
        </div>
      </ClientMessages>
    </div>
  );
}
