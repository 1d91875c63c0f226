import { useTranslations } from "next-intl";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Details } from "@/components/ui/details";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import type { ConsentedVisitDto, OwnConsentDto } from "@/lib/booking/types/consents";

/** What a patient has agreed to: for which visit, in which version, when, and how to take it back. */
export function OwnConsents({ visits }: { visits: readonly ConsentedVisitDto[] }) {
  const t = useTranslations("account.consents");
  const page = useTranslations("account.page");
  return (
    <div className="flex max-w-2xl flex-col gap-6">
      <PageHeader title={t("title")} lead={t("lead")} back={<Link href="/account">{page("title")}</Link>} />
      {visits.length === 0 ? <p className="text-muted">{t("none")}</p> : null}
      {visits.map((visit) => (
        <VisitConsents key={visit.appointmentId} visit={visit} />
      ))}
      <Notice title={t("others.title")}>
        <p className="measure">{t("others.body")}</p>
      </Notice>
    </div>
  );
}

function VisitConsents({
  visit: { appointmentId, practitionerName, starts, canWithdraw, consents },
}: {
  visit: ConsentedVisitDto;
}) {
  const t = useTranslations("account.consents");
  return (
    <Card className="flex flex-col gap-4">
      <h2 className="text-lg font-semibold">
        {t("for", { date: starts.date, time: starts.time, practitioner: practitionerName })}
      </h2>
      <ul className="flex flex-col gap-4">
        {consents.map((consent) => (
          <li key={consent.consentId} className="flex flex-col gap-1">
            <Consent consent={consent} />
          </li>
        ))}
      </ul>
      {canWithdraw ? (
        <p>
          <ButtonLink href={`/visit/${appointmentId}#recording`}>{t("change")}</ButtonLink>
        </p>
      ) : null}
    </Card>
  );
}

function Consent({
  consent: { kind, version, agreedOn, withdrawnOn, locale, paragraphs },
}: {
  consent: OwnConsentDto;
}) {
  const t = useTranslations("account.consents");
  return (
    <>
      <p className="font-medium">{t(`kinds.${kind}`)}</p>
      <p className="text-muted">
        {withdrawnOn
          ? t("withdrawn", { version, date: agreedOn, back: withdrawnOn })
          : t("agreed", { version, date: agreedOn })}
      </p>
      <Details summary={t("text")}>
        <div lang={locale} className="measure flex flex-col gap-2 break-words">
          {paragraphs.map((paragraph) => (
            <p key={paragraph}>{paragraph}</p>
          ))}
        </div>
      </Details>
    </>
  );
}
