import { ChevronLeft } from "lucide-react";
import { useTranslations } from "next-intl";
import { ClientMessages } from "@/components/layout/client-messages";
import { ButtonLink } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import type { StaffVisitDto } from "@/lib/visits/types/staff";
import { CancelForm } from "./cancel-form";

/** Cancelling a visit as staff: what it is, why, and who hears of it. */
export function CancelScreen({ visit }: { visit: StaffVisitDto }) {
  const t = useTranslations("staff.cancel");
  const { email } = visit.contact;
  return (
    <article className="flex max-w-3xl flex-col gap-5">
      <p>
        <ButtonLink href={visit.path} variant="quiet" size="sm" className="-ms-3">
          <ChevronLeft aria-hidden="true" className="size-4 rtl:-scale-x-100" />
          {t("back")}
        </ButtonLink>
      </p>
      <header className="flex flex-col gap-1">
        <h1 className="text-xl font-semibold tracking-tight">{t("title", { patient: visit.patientName })}</h1>
        <p className="text-muted tabular-nums">
          {t("what", {
            date: visit.starts.date,
            time: visit.starts.time,
            zone: visit.zone,
            practitioner: visit.practitionerName,
          })}
        </p>
      </header>
      {visit.canCancel ? (
        <ClientMessages namespaces={["staff"]}>
          <CancelForm area={visit.area} appointmentId={visit.appointmentId} email={email} />
        </ClientMessages>
      ) : (
        <Notice tone="wait" title={t("late")} />
      )}
    </article>
  );
}
