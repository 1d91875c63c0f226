import { useTranslations } from "next-intl";
import { PhoneLink } from "@/components/layout/phone-link";
import { Card } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import type { EmergencyRecordDto, EmergencyVisitDto } from "@/lib/emergency/types";

/** A record opened by break-glass: how to reach the patient, and every visit with what was written of it. */
export function EmergencyRecord({ record }: { record: EmergencyRecordDto }) {
  const t = useTranslations("emergency");
  const { patientName, untilTime, zone, reason, text, contacts, visits } = record;
  return (
    <article className="flex flex-col gap-6">
      <PageHeader
        title={patientName}
        back={<Link href="/emergency">{t("record.back")}</Link>}
        lead={t("record.until", { time: untilTime, zone })}
      />
      <div className="measure text-muted">
        <p>{t("record.given", { reason: t(`reasons.${reason}`) })}</p>
        <p className="whitespace-pre-line">{text}</p>
      </div>
      <section aria-labelledby="contact" className="flex flex-col gap-2">
        <h2 id="contact" className="text-lg font-semibold">
          {t("record.contact")}
        </h2>
        {contacts.map(({ patientId, contactName, email, phone }) => (
          <div key={patientId}>
            {contactName ? <p>{t("record.contactName", { name: contactName })}</p> : null}
            {email ? <p className="break-all">{email}</p> : null}
            {phone ? <PhoneLink phone={phone} /> : null}
          </div>
        ))}
      </section>
      <section aria-labelledby="visits" className="flex flex-col gap-3">
        <h2 id="visits" className="text-lg font-semibold">
          {t("record.visits")}
        </h2>
        {visits.length === 0 ? <EmptyState title={t("record.none")} /> : null}
        {visits.map((visit) => (
          <Visit key={visit.appointmentId} visit={visit} />
        ))}
      </section>
    </article>
  );
}

function Visit({ visit }: { visit: EmergencyVisitDto }) {
  const t = useTranslations("emergency");
  const { date, time, visitType, practitionerName, status, reason, answers, note, summary } = visit;
  const written = (key: "reason" | "note" | "summary", text: string | null) =>
    text ? [{ key, term: t(`record.${key}`), details: <Text>{text}</Text> }] : [];
  return (
    <Card className="flex flex-col gap-3">
      <h3 className="font-semibold">{t("record.line", { date, time, type: visitType })}</h3>
      <DescriptionList
        items={[
          { key: "practitioner", term: t("record.practitioner"), details: practitionerName },
          { key: "status", term: t("record.status"), details: t(`status.${status}`) },
          ...written("reason", reason),
          ...answers.map(({ questionId, question, answer }) => ({
            key: questionId,
            term: question,
            details: <Text>{answer}</Text>,
          })),
          ...written("note", note),
          ...written("summary", summary),
        ]}
      />
    </Card>
  );
}

const Text = ({ children }: { children: string }) => (
  <p className="measure whitespace-pre-line break-words">{children}</p>
);
