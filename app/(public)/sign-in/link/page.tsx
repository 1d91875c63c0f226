import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { RequestSignInLink } from "@/components/account/sign-in-link-forms";
import { ClientMessages } from "@/components/layout/client-messages";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth.link");
  return { title: t("title"), robots: { index: false } };
}

/** Where a patient has a link to sign in sent to their address. */
export default async function RequestLinkPage() {
  const t = await getTranslations("auth.link");
  return (
    <div className="flex flex-col gap-8">
      <PageHeader title={t("title")} lead={t("lead")} />
      <ClientMessages namespaces={["auth"]}>
        <RequestSignInLink />
      </ClientMessages>
      <p>
        <Link href="/sign-in">{t("password")}</Link>
      </p>
    </div>
  );
}
