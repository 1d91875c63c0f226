import { useTranslations } from "next-intl";
import { VisitFacts } from "@/components/booking/visit-facts";
import { ClientMessages } from "@/components/layout/client-messages";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import type { PatientVisitDto } from "@/lib/visits/types/visit";
import { CancelForm } from "./cancel-form";
import { NotChangeable } from "./not-changeable";

/** Names the visit that is to be cancelled, offers to move it instead, and asks once. */
export function CancelScreen({ visit, token }: { visit: PatientVisitDto; token: string | undefined }) {
  const t = useTranslations("change");
  const canChange = visit.change.refusal === null;
  return (
    <div className="mx-auto flex max-w-2xl flex-col gap-6">
      <PageHeader
        back={<Link href={visit.path}>{t("move.back")}</Link>}
        title={canChange ? t("cancel.title") : t("cancel.over", { practitioner: visit.practitionerName })}
        lead={canChange ? t("cancel.lead") : undefined}
      />
      <NotChangeable change={visit.change} />
      <Card>
        <VisitFacts visit={visit} />
      </Card>
      {canChange ? (
        <>
          <section aria-labelledby="instead" className="flex flex-col items-start gap-2">
            <h2 id="instead" className="text-lg font-semibold">
              {t("cancel.moveTitle")}
            </h2>
            <p>{t("cancel.moveBody")}</p>
            <ButtonLink href={`${visit.path}/move`}>{t("cancel.move")}</ButtonLink>
          </section>
          <ClientMessages namespaces={["change"]}>
            <CancelForm visit={visit} token={token} />
          </ClientMessages>
        </>
      ) : (
        <p>
          <ButtonLink href={visit.path}>{t("move.back")}</ButtonLink>
        </p>
      )}
    </div>
  );
}
