import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Button } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { loadFetchable } from "@/lib/privacy/loaders/own";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account.data");
  return { title: t("pageTitle"), robots: { index: false, follow: false } };
}

type Props = { params: Promise<{ token: string }> };

/** Where the link from the mail leads. Opening it fetches nothing: programs that look through mail open links too. */
export default async function FetchDataPage({ params }: Props) {
  const { token } = await params;
  const [expires, t] = await Promise.all([loadFetchable(token), getTranslations("account.data")]);
  if (!expires)
    return (
      <div className="flex flex-col gap-6">
        <PageHeader title={t("goneTitle")} lead={t("gone")} />
        <p>
          <Link href="/account/data">{t("goneLink")}</Link>
        </p>
      </div>
    );
  return (
    <div className="flex flex-col gap-6">
      <PageHeader title={t("fetchTitle")} lead={t("fetchLead")} />
      <p>{t("fetchCare")}</p>
      <p>{t("fetchOnce", { date: expires.shortDate, time: expires.time, zone: expires.zone })}</p>
      {/* A form of the browser's own: what comes back is a file, and the page stays. */}
      <form method="post" action="/api/exports" className="flex">
        <input type="hidden" name="token" value={token} />
        <Button type="submit" variant="primary" size="lg" className="flex-1 sm:flex-none">
          {t("fetch")}
        </Button>
      </form>
    </div>
  );
}
