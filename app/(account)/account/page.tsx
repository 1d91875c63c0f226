import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { SessionList } from "@/components/account/session-list";
import { ClientMessages } from "@/components/layout/client-messages";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { loadAccountPage } from "@/lib/auth/loaders";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account.page");
  return { title: t("title"), robots: { index: false, follow: false } };
}

/** Somebody's own account: how they sign in, and where they are signed in. */
export default async function AccountPage() {
  const [{ user, secondStep, sessions }, t] = await Promise.all([
    loadAccountPage(),
    getTranslations("account"),
  ]);
  return (
    <div className="flex flex-col gap-8">
      <PageHeader title={t("page.title")} lead={t("page.lead", { name: user.name, email: user.email })} />
      <section aria-labelledby="second-step" className="flex flex-col gap-2">
        <h2 id="second-step" className="text-lg font-semibold">
          {t("secondStep.title")}
        </h2>
        {secondStep ? (
          <>
            <p>{t("secondStep.on", { date: secondStep.setAt.shortDate })}</p>
            <p>{t("secondStep.codesLeft", { count: secondStep.codesLeft })}</p>
          </>
        ) : (
          <p>{t("secondStep.off")}</p>
        )}
        <p>
          <Link href="/account/second-step">
            {t(secondStep ? "secondStep.manage" : "secondStep.setUp")}
            <span className="sr-only"> ({t("secondStep.title")})</span>
          </Link>
        </p>
      </section>
      <ClientMessages namespaces={["auth", "account"]}>
        <SessionList sessions={sessions} />
      </ClientMessages>
    </div>
  );
}
