import { ChevronLeft } from "lucide-react";
import { useTranslations } from "next-intl";
import { ClientMessages } from "@/components/layout/client-messages";
import { PhoneLink } from "@/components/layout/phone-link";
import { ButtonLink } from "@/components/ui/button";
import { DescriptionList } from "@/components/ui/description-list";
import { Link } from "@/components/ui/link";
import type { StaffVisitDto } from "@/lib/visits/types/staff";
import { AgendaStatus } from "../agenda-status";
import { NoShowPanel } from "../day/no-show-panel";
import { VisitMarks } from "../visit-marks";
import { DoneNotice, isDone } from "./done-notice";
import { VisitTimeActions } from "./visit-time-actions";

/** One visit for administrators: who, when, with whom, and what can be done about its time. Nothing of why the patient comes. */
export function StaffVisitScreen({ visit, done }: { visit: StaffVisitDto; done: string | undefined }) {
  const t = useTranslations("staff.visit");
  const { contact } = visit;
  const plain = (key: string, term: string, details: string | null) =>
    details === null ? [] : [{ key, term, details }];
  return (
    <article className="flex max-w-3xl flex-col gap-5">
      <p>
        <ButtonLink href={visit.dayPath} variant="quiet" size="sm" className="-ms-3">
          <ChevronLeft aria-hidden="true" className="size-4 rtl:-scale-x-100" />
          {t("back")}
        </ButtonLink>
      </p>
      {isDone(done) ? <DoneNotice done={done} email={contact.email} phone={contact.phone} /> : null}
      <header className="flex flex-col gap-2">
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <h1 className="text-xl font-semibold tracking-tight">{visit.patientName}</h1>
          <AgendaStatus item={visit} />
        </div>
        <VisitMarks marks={visit.marks} />
      </header>
      <VisitTimeActions visit={visit} base={visit.path} />
      <ClientMessages namespaces={["day"]}>
        <NoShowPanel visit={visit} as="administrator" />
      </ClientMessages>
      <div className="rounded-md border border-line bg-surface p-card">
        <DescriptionList
          items={[
            {
              key: "when",
              term: t("when"),
              details: (
                <span className="tabular-nums">
                  {t("whenLine", {
                    date: visit.starts.date,
                    from: visit.starts.time,
                    to: visit.endTime,
                    zone: visit.zone,
                  })}
                </span>
              ),
            },
            ...plain("movedFrom", t("movedFrom"), visit.movedFrom),
            { key: "with", term: t("with"), details: visit.practitionerName },
            {
              key: "type",
              term: t("type"),
              details: t("typeLine", { type: visit.visitType, minutes: visit.durationMinutes }),
            },
            ...plain("cancelled", t("cancelled"), visit.cancelledBy && t(`cancelledBy.${visit.cancelledBy}`)),
            ...plain("overbooked", t("overbookReason"), visit.overbookReason),
            ...plain("speaks", t("speaks"), contact.name),
            ...plain("email", t("email"), contact.email),
            ...(contact.phone
              ? [{ key: "phone", term: t("phone"), details: <PhoneLink phone={contact.phone} /> }]
              : []),
          ]}
        />
        {visit.area === "admin" ? (
          <p className="pt-3">
            <Link href={`/admin/patients/${visit.patientId}`}>{t("patient")}</Link>
          </p>
        ) : null}
      </div>
    </article>
  );
}
