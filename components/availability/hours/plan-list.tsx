import { clsx } from "clsx";
import { useTranslations } from "next-intl";
import { Link } from "@/components/ui/link";
import { Status } from "@/components/ui/status";
import { removeWeeklyPlanAction } from "@/lib/availability/actions/schedule";
import type { PlanLineDto, ScheduleDto } from "@/lib/availability/types";
import { RemoveForm } from "../remove-form";

/** Which hours hold when, each a link to change them. Where one week holds for ever there is nothing to choose but to add. */
export function PlanList({
  schedule: { plans, plan, practitionerId },
  path,
}: {
  schedule: ScheduleDto;
  /** The page's own address. */
  path: string;
}) {
  const t = useTranslations("schedule.plans");
  const when = ({ from, to }: PlanLineDto): string => {
    if (from === null) return to === null ? t("always") : t("until", { to });
    return to === null ? t("from", { from }) : t("between", { from, to });
  };
  return (
    <div className="flex flex-col gap-2">
      {plans.length > 1 || plan.isNew ? (
        <ul aria-label={t("title")} className="flex flex-col gap-2">
          {plans.map((line) => (
            <li
              key={line.key}
              className={clsx(
                "flex flex-col gap-1 rounded-md border bg-surface px-card py-2",
                line.isShown ? "border-accent" : "border-line",
              )}
            >
              <span className="flex flex-wrap items-center gap-x-3">
                <Link
                  href={`${path}?plan=${line.key}#hours`}
                  aria-label={t("show", { when: when(line) })}
                  aria-current={line.isShown ? "true" : undefined}
                  className="font-medium"
                >
                  {when(line)}
                </Link>
                {line.isPresent ? <Status kind="done">{t("present")}</Status> : null}
              </span>
              <span className="text-sm text-muted">
                {line.lines.length === 0 ? t("none") : line.lines.join("; ")}
              </span>
              {line.validFrom !== null && line.isShown && !line.isPresent ? (
                <RemoveForm
                  id={`remove-plan-${practitionerId}-${line.key}`}
                  action={removeWeeklyPlanAction}
                  fields={{ practitionerId, validFrom: line.validFrom }}
                  label={t("remove")}
                  saved={t("removed")}
                />
              ) : null}
            </li>
          ))}
        </ul>
      ) : null}
      {plan.isNew ? null : (
        <Link href={`${path}?plan=new#hours`} className="flex min-h-8 w-fit items-center">
          {t("new")}
        </Link>
      )}
    </div>
  );
}
