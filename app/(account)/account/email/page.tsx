import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { RequestEmailChange } from "@/components/account/email-change-forms";
import { MailDelayed } from "@/components/account/mail-delayed";
import { ProofFirst } from "@/components/account/proof-first";
import { ClientMessages } from "@/components/layout/client-messages";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { loadChangePage } from "@/lib/auth/loaders";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account.email");
  return { title: t("title"), robots: { index: false, follow: false } };
}

/** Where somebody has their account moved to another address. */
export default async function EmailPage() {
  const [{ user, confirmation, delayed }, t] = await Promise.all([
    loadChangePage("/account/email"),
    getTranslations("account"),
  ]);
  const { proof, withCode } = confirmation;
  return (
    <div className="flex flex-col gap-8">
      <PageHeader
        title={t("email.pageTitle")}
        lead={t(proof === "mail" ? "proof.lead" : "email.lead", { email: user.email })}
        back={<Link href="/account">{t("page.title")}</Link>}
      />
      <MailDelayed delayed={delayed} />
      <ClientMessages namespaces={["auth", "account"]}>
        <ProofFirst confirmation={confirmation} email={user.email} next="/account/email">
          <RequestEmailChange withPassword={proof === "password"} withCode={withCode} />
        </ProofFirst>
      </ClientMessages>
    </div>
  );
}
