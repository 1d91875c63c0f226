import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ChangePasswordForm } from "@/components/account/change-password-form";
import { MailDelayed } from "@/components/account/mail-delayed";
import { ProofFirst } from "@/components/account/proof-first";
import { ClientMessages } from "@/components/layout/client-messages";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { loadChangePage } from "@/lib/auth/loaders";
import { PASSWORD_MIN_LENGTH } from "@/lib/core/limits";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account.password");
  return { title: t("title"), robots: { index: false, follow: false } };
}

/** Where somebody changes their own password, or sets the first one. */
export default async function PasswordPage() {
  const [{ user, confirmation, delayed }, t] = await Promise.all([
    loadChangePage("/account/password"),
    getTranslations("account"),
  ]);
  const { proof, withCode } = confirmation;
  return (
    <div className="flex flex-col gap-8">
      <PageHeader
        title={t(proof === "password" ? "password.pageTitle" : "password.setTitle")}
        lead={proof === "mail" ? t("proof.lead", { email: user.email }) : t("password.lead")}
        back={<Link href="/account">{t("page.title")}</Link>}
      />
      <MailDelayed delayed={proof === "mail" && delayed} />
      <ClientMessages namespaces={["auth", "account"]}>
        <ProofFirst confirmation={confirmation} email={user.email} next="/account/password">
          <ChangePasswordForm
            email={user.email}
            withPassword={proof === "password"}
            withCode={withCode}
            passwordLength={PASSWORD_MIN_LENGTH}
          />
        </ProofFirst>
      </ClientMessages>
    </div>
  );
}
