import { useTranslations } from "next-intl";
import { consentField } from "@/components/booking/form/booking-problems";
import { Card } from "@/components/ui/card";
import type { PatientVisitDto } from "@/lib/visits/types/visit";
import { VisitKey } from "../change/visit-key";
import { AgreeForm } from "./agree-form";

/** Asks for what a patient agrees to who books, of somebody who did not book this visit themselves. The room below it stays open. */
export function AgreeCard({
  visit: { missingConsents, appointmentId },
  token,
}: {
  visit: PatientVisitDto;
  /** The personal link's, where the page was opened by one. */
  token: string | undefined;
}) {
  const t = useTranslations("visit.agree");
  const consent = useTranslations("booking.consent");
  return (
    <Card className="flex flex-col gap-3">
      <h2 id="agree-title" className="text-lg font-semibold">
        {t("title")}
      </h2>
      <p className="measure">{t("lead")}</p>
      <AgreeForm
        asked={missingConsents.map(({ consentTextId, kind, paragraphs }) => ({
          field: consentField(consentTextId),
          label: consent(`${kind}.agree`),
          read: consent(`${kind}.read`),
          paragraphs,
        }))}
        words={{
          submit: t("submit"),
          refused: {
            consents: t("refused.consents"),
            ended: t("refused.ended"),
            other: t("refused.other"),
          },
        }}
      >
        <VisitKey appointmentId={appointmentId} token={token} />
      </AgreeForm>
    </Card>
  );
}
