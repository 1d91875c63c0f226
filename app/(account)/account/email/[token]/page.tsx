import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ConfirmEmailChange } from "@/components/account/email-change-forms";
import { ClientMessages } from "@/components/layout/client-messages";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { loadEmailChange } from "@/lib/auth/loaders";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account.email");
  return { title: t("confirmTitle"), robots: { index: false, follow: false } };
}

/** A mail's link to another address. Opening it does nothing yet, and for anybody but the account's owner it never will. */
export default async function EmailChangePage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const [change, t, auth] = await Promise.all([
    loadEmailChange(token),
    getTranslations("account"),
    getTranslations("auth.link"),
  ]);
  if (change.state === "ready") {
    return (
      <div className="flex flex-col gap-8">
        <PageHeader
          title={t("email.confirmTitle")}
          lead={t("email.confirmLead", { email: change.email })}
          back={<Link href="/account">{t("page.title")}</Link>}
        />
        <ClientMessages namespaces={["auth", "account"]}>
          <ConfirmEmailChange token={token} />
        </ClientMessages>
      </div>
    );
  }
  const other = change.state === "other_account";
  return (
    <div className="flex flex-col gap-8">
      <PageHeader
        title={other ? t("email.otherTitle") : auth("invalidTitle")}
        lead={other ? t("email.other") : auth("invalid")}
      />
      <p>
        <Link href="/account">{t("page.title")}</Link>
      </p>
    </div>
  );
}
