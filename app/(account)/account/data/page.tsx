import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { MailDelayed } from "@/components/account/mail-delayed";
import { ProofFirst } from "@/components/account/proof-first";
import { ClientMessages } from "@/components/layout/client-messages";
import { RequestExportForm } from "@/components/privacy/request-export-form";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { loadDataPage } from "@/lib/privacy/loaders/own";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account.data");
  return { title: t("pageTitle"), robots: { index: false, follow: false } };
}

/** Where a patient asks for a copy of what is kept about them. */
export default async function DataPage() {
  const [{ current, email, confirmation, delayed }, t] = await Promise.all([
    loadDataPage(),
    getTranslations("account"),
  ]);
  const { proof, withCode } = confirmation;
  return (
    <div className="flex flex-col gap-8">
      <PageHeader
        title={t("data.pageTitle")}
        lead={t("data.lead")}
        back={<Link href="/account">{t("page.title")}</Link>}
      />
      <MailDelayed delayed={delayed} />
      {current.state === "preparing" ? (
        <Notice tone="wait" title={t("data.preparing")}>
          <p>{t("data.preparingBody")}</p>
        </Notice>
      ) : (
        <>
          {current.state === "ready" ? (
            <Notice tone="live" title={t("data.ready")}>
              <p>
                {t("data.readyBody", {
                  email,
                  date: current.expires.shortDate,
                  time: current.expires.time,
                  zone: current.expires.zone,
                })}
              </p>
            </Notice>
          ) : null}
          <p>{t(proof === "mail" ? "proof.lead" : "data.how", { email })}</p>
          <ClientMessages namespaces={["auth", "account"]}>
            <ProofFirst confirmation={confirmation} email={email} next="/account/data">
              <RequestExportForm
                withPassword={proof === "password"}
                withCode={withCode}
                again={current.state === "ready"}
              />
            </ProofFirst>
          </ClientMessages>
        </>
      )}
    </div>
  );
}
