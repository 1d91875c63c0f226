import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { MailDelayed } from "@/components/account/mail-delayed";
import { RequestSignInLink } from "@/components/account/sign-in-link-forms";
import { ClientMessages } from "@/components/layout/client-messages";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { loadMailDelayed } from "@/lib/auth/loaders";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth.link");
  return { title: t("title"), robots: { index: false } };
}

/** Where a patient has a link to sign in sent to their address. */
export default async function RequestLinkPage() {
  const [t, delayed] = await Promise.all([getTranslations("auth.link"), loadMailDelayed()]);
  return (
    <div className="flex flex-col gap-8">
      <PageHeader title={t("title")} lead={t("lead")} />
      <MailDelayed delayed={delayed} />
      <ClientMessages namespaces={["auth"]}>
        <RequestSignInLink />
      </ClientMessages>
      <p className="flex flex-wrap gap-x-6 gap-y-2">
        <Link href="/sign-in">{t("password")}</Link>
        <Link href="/register">{t("register")}</Link>
      </p>
    </div>
  );
}
