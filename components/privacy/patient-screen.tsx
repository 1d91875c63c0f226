import { useTranslations } from "next-intl";
import { ClientMessages } from "@/components/layout/client-messages";
import { DescriptionList } from "@/components/ui/description-list";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import type { PatientPage } from "@/lib/privacy/types";
import { ContactForm } from "./contact-form";
import { DeskErasureForm } from "./erasure-forms";

/** One patient for whoever keeps the bookings: how they are reached, and what they ask the clinic itself for about their data. */
export function PatientScreen({ page, isDone }: { page: PatientPage; isDone: boolean }) {
  const t = useTranslations("privacy.contact");
  const proofs = useTranslations("privacy.erasure.proofs");
  const { contact, isAdministrator } = page;
  const { patientId, name, contactName, email, phone, hasAccount } = contact;
  const plain = (key: string, term: string, details: string | null) =>
    details === null ? [] : [{ key, term, details: <span className="wrap-anywhere">{details}</span> }];
  return (
    <div className="flex flex-col gap-8">
      <PageHeader
        title={<span className="wrap-anywhere">{name}</span>}
        back={<Link href="/admin/calendar">{t("back")}</Link>}
      />
      {isDone ? <Notice tone="live" title={t("done")} /> : null}
      <section aria-labelledby="contact" className="flex flex-col gap-3">
        <h2 id="contact" className="text-lg font-semibold">
          {t("title")}
        </h2>
        {hasAccount ? (
          <>
            <DescriptionList
              className="max-w-150"
              items={[
                ...plain("contact", t("speaks"), contactName),
                ...plain("email", t("email"), email),
                ...plain("phone", t("phone"), phone),
              ]}
            />
            <p className="measure text-muted">{t("hasAccount")}</p>
          </>
        ) : (
          <>
            <p className="measure text-muted">{t("lead")}</p>
            <ClientMessages namespaces={["auth", "account"]}>
              <ContactForm
                page={page}
                words={{
                  name: t("name"),
                  email: t("email"),
                  emailHint: t(email === null ? "emailNone" : "emailReplace"),
                  emailFixed: t("emailFixed"),
                  phone: t("phone"),
                  optional: t("optional"),
                  locale: t("locale"),
                  timeZone: t("timeZone"),
                  submit: t("submit"),
                }}
              />
            </ClientMessages>
          </>
        )}
      </section>
      {isAdministrator ? (
        <section aria-labelledby="erase" className="flex flex-col gap-3">
          <h2 id="erase" className="text-lg font-semibold">
            {t("eraseTitle")}
          </h2>
          <p className="measure text-muted">{t(hasAccount ? "eraseLeadAccount" : "eraseLead")}</p>
          <ClientMessages namespaces={["auth", "account"]}>
            <DeskErasureForm
              patientId={patientId}
              words={{
                proof: t("proof"),
                submit: t("erase"),
                proofs: {
                  identity_document: proofs("identity_document"),
                  signed_letter: proofs("signed_letter"),
                  known_in_person: proofs("known_in_person"),
                },
              }}
            />
          </ClientMessages>
          <p className="measure text-muted">{t("copy")}</p>
        </section>
      ) : null}
    </div>
  );
}
