import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { OwnErasure } from "@/components/privacy/own-erasure";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { loadOwnErasure } from "@/lib/privacy/loaders/own";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("privacy.erasure.own");
  return { title: t("title"), robots: { index: false, follow: false } };
}

/** Where a patient asks that what is kept about them goes. */
export default async function ErasurePage() {
  const [page, t, account] = await Promise.all([
    loadOwnErasure(),
    getTranslations("privacy.erasure.own"),
    getTranslations("account.page"),
  ]);
  return (
    <div className="flex flex-col gap-8">
      <PageHeader
        title={t("title")}
        lead={t("lead")}
        back={<Link href="/account">{account("title")}</Link>}
      />
      <OwnErasure {...page} />
    </div>
  );
}
