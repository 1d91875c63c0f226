import { ChevronLeft } from "lucide-react";
import { useTranslations } from "next-intl";
import { Choice } from "@/components/booking/staff/staff-booking-screen";
import { StaffTimes } from "@/components/booking/staff/staff-times";
import { ClientMessages } from "@/components/layout/client-messages";
import { Button, ButtonLink } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import type { StaffMoveDto } from "@/lib/visits/types/staff";
import { MoveForm } from "./move-form";

/** Moving a visit as staff: a suggested time, any other, somebody else; then once more what it will be, before anything changes. */
export function MoveScreen({ page }: { page: StaffMoveDto }) {
  const t = useTranslations("staff.move");
  const { visit, path, step, to } = page;
  return (
    <article className="flex max-w-5xl flex-col gap-5">
      <p>
        <ButtonLink href={visit.path} variant="quiet" size="sm" className="-ms-3">
          <ChevronLeft aria-hidden="true" className="size-4 rtl:-scale-x-100" />
          {t("back")}
        </ButtonLink>
      </p>
      <header className="flex flex-col gap-1">
        <h1 className="text-xl font-semibold tracking-tight">{t("title", { patient: visit.patientName })}</h1>
        <p className="text-muted tabular-nums">
          {t("now", {
            date: visit.starts.date,
            time: visit.starts.time,
            zone: visit.zone,
            practitioner: visit.practitionerName,
          })}
        </p>
      </header>
      {step === null || to === null ? (
        <Notice tone="wait" title={t(visit.canMove ? "nobody" : "late")} />
      ) : step.kind === "choose" ? (
        <>
          <Suggestions page={page} />
          {page.practitioners.length > 1 ? (
            <form action={path} className="flex flex-wrap items-end gap-2">
              <Choice
                name="practitioner"
                label={t("with")}
                choices={page.practitioners}
                value={to.practitionerId}
              />
              <Button type="submit">{t("showTimes")}</Button>
            </form>
          ) : null}
          <StaffTimes step={step} path={path} zone={visit.zone} />
        </>
      ) : (
        <>
          <div className="rounded-md border border-line bg-surface p-card">
            <p className="text-sm text-muted">{t("to")}</p>
            <p className="text-lg font-semibold tabular-nums">
              {t("toLine", {
                date: step.starts.date,
                from: step.starts.time,
                to: step.endTime,
                zone: visit.zone,
              })}
            </p>
            <p>{t("toWhom", { practitioner: to.practitionerName })}</p>
            <p className="mt-1">
              <Link href={step.backHref}>{t("otherTime")}</Link>
            </p>
          </div>
          <ClientMessages namespaces={["staff"]}>
            <MoveForm
              area={visit.area}
              appointmentId={visit.appointmentId}
              practitionerId={to.practitionerId}
              startIso={step.starts.iso}
              isFree={step.isFree}
              email={visit.contact.email}
            />
          </ClientMessages>
        </>
      )}
    </article>
  );
}

/** The nearest free times, a press away. */
function Suggestions({ page: { suggestions } }: { page: StaffMoveDto }) {
  const t = useTranslations("staff.move");
  if (suggestions.length === 0) return null;
  return (
    <section aria-labelledby="suggested" className="flex flex-col gap-2">
      <h2 id="suggested" className="font-semibold">
        {t("suggested")}
      </h2>
      <ul className="flex flex-wrap gap-2">
        {suggestions.map(({ href, starts, practitionerName, isOther }) => (
          <li key={href}>
            <ButtonLink href={href} size="sm" prefetch={false} className="tabular-nums">
              {isOther
                ? t("suggestionWith", {
                    date: starts.shortDate,
                    time: starts.time,
                    practitioner: practitionerName,
                  })
                : t("suggestion", { date: starts.shortDate, time: starts.time })}
            </ButtonLink>
          </li>
        ))}
      </ul>
    </section>
  );
}
