import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { buttonClass } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { loadProviderErrand, loadProviderName } from "@/lib/auth/loaders";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth.provider");
  return { title: t("title"), robots: { index: false, follow: false } };
}

/**
 * Sends the browser on to the clinic's own provider. A page between the form and the provider, since a form may lead to no other site
 * (`form-action`), and nobody knows to how many sites a provider leads on.
 */
export default async function ProviderPage() {
  const name = loadProviderName();
  if (name === undefined) notFound();
  const [errand, t] = await Promise.all([loadProviderErrand(), getTranslations("auth.provider")]);
  const url = errand?.url;
  return (
    <div className="flex flex-col gap-8">
      {url === undefined ? null : <meta httpEquiv="refresh" content={`0;url=${url}`} />}
      <PageHeader
        title={url === undefined ? t("noneTitle") : t("onTitle", { name })}
        lead={t(url === undefined ? "none" : "on")}
      />
      {url === undefined ? null : (
        <p>
          <a href={url} className={buttonClass({ variant: "primary", size: "lg" })}>
            {t("onLink", { name })}
          </a>
        </p>
      )}
      <p>
        <Link href={errand?.back ?? "/sign-in"}>
          {t(errand?.purpose === "proof" ? "backToPage" : "again")}
        </Link>
      </p>
    </div>
  );
}
