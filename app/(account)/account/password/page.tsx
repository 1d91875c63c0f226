import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ChangePasswordForm } from "@/components/account/change-password-form";
import { ClientMessages } from "@/components/layout/client-messages";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { loadPasswordPage } from "@/lib/auth/loaders";
import { PASSWORD_MIN_LENGTH } from "@/lib/core/limits";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account.password");
  return { title: t("pageTitle"), robots: { index: false, follow: false } };
}

/** Where somebody changes their own password. */
export default async function PasswordPage() {
  const [{ user, hasSecondStep }, t] = await Promise.all([loadPasswordPage(), getTranslations("account")]);
  return (
    <div className="flex flex-col gap-8">
      <PageHeader
        title={t("password.pageTitle")}
        lead={t("password.lead")}
        back={<Link href="/account">{t("page.title")}</Link>}
      />
      <ClientMessages namespaces={["auth", "account"]}>
        <ChangePasswordForm
          email={user.email}
          withCode={hasSecondStep}
          passwordLength={PASSWORD_MIN_LENGTH}
        />
      </ClientMessages>
    </div>
  );
}
