import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { FinishProvider } from "@/components/account/provider-forms";
import { ClientMessages } from "@/components/layout/client-messages";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { loadProviderErrand, loadProviderName } from "@/lib/auth/loaders";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth.provider");
  return {
    title: t("backTitle", { name: loadProviderName() ?? "" }),
    robots: { index: false, follow: false },
  };
}

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** Where the clinic's own provider sends a browser back to. Opening it looks at nothing: the form does, in the browser that went there. */
export default async function ProviderReturnPage({ searchParams }: Props) {
  const name = loadProviderName();
  if (name === undefined) notFound();
  const [sent, errand, t] = await Promise.all([
    searchParams,
    loadProviderErrand(),
    getTranslations("auth.provider"),
  ]);
  const purpose = errand?.purpose ?? "sign_in";
  const answer = new URLSearchParams(
    Object.entries(sent).flatMap(([key, value]) =>
      [value ?? []].flat().map((one): [string, string] => [key, one]),
    ),
  );
  return (
    <div className="flex flex-col gap-8">
      <PageHeader title={t("backTitle", { name })} />
      <ClientMessages namespaces={["auth"]}>
        <FinishProvider answer={answer.toString()} purpose={purpose} />
      </ClientMessages>
      <p>
        <Link href={errand?.back ?? "/sign-in"}>{t(purpose === "proof" ? "backToPage" : "again")}</Link>
      </p>
    </div>
  );
}
