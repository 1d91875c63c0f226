import { useTranslations } from "next-intl";
import { ClientMessages } from "@/components/layout/client-messages";
import { buttonClass } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import type { PatientRecordDto } from "@/lib/records/types";
import { FeedbackForm } from "./feedback-form";
import { SummaryPart } from "./summary-part";

/** What a patient reads of a visit, and is asked about it, once it is over. */
export function PatientRecord({ record, token }: { record: PatientRecordDto; token: string | undefined }) {
  const t = useTranslations("records.patient");
  const { parts, pdfPath, feedback, appointmentId } = record;
  return (
    <>
      {parts.length > 0 ? (
        <Card className="flex flex-col gap-4">
          <h2 className="text-lg font-semibold">{t("title")}</h2>
          {parts.map((part) => (
            <SummaryPart key={part.part} part={part} />
          ))}
          {pdfPath ? (
            <p>
              <a href={pdfPath} className={buttonClass({ variant: "secondary" })} download>
                {t("pdf")}
              </a>
            </p>
          ) : null}
        </Card>
      ) : null}
      {feedback.isOpen ? (
        <Card>
          <ClientMessages namespaces={["records"]}>
            <FeedbackForm appointmentId={appointmentId} token={token} given={feedback.given} />
          </ClientMessages>
        </Card>
      ) : null}
    </>
  );
}
