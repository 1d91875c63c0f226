import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { type DemoAccount, DemoAccounts } from "@/components/account/demo-accounts";
import { BeginProvider } from "@/components/account/provider-forms";
import { SignInForm } from "@/components/account/sign-in-form";
import { ClientMessages } from "@/components/layout/client-messages";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { loadProviderName, loadSession } from "@/lib/auth/loaders";
import { homeOf, safePath } from "@/lib/auth/rules";
import { env } from "@/lib/core/env";
import { PASSWORD_MIN_LENGTH } from "@/lib/core/limits";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("auth"))("signIn.title") };
}

async function loadDemoAccounts(): Promise<DemoAccount[]> {
  if (env().PORTAL_MODE !== "demonstration") return [];
  const { default: accounts } = await import("@/prisma/seed/accounts.json");
  return accounts as DemoAccount[];
}

type Props = { searchParams: Promise<{ next?: string | string[] }> };

export default async function SignInPage({ searchParams }: Props) {
  const { next: asked } = await searchParams;
  const next = safePath(typeof asked === "string" ? asked : undefined);
  const session = await loadSession();
  if (session) redirect(next ?? homeOf(session.actor.roles));
  const provider = loadProviderName();
  const [t, lost, accounts] = await Promise.all([
    getTranslations("auth"),
    getTranslations("change.lostLink"),
    loadDemoAccounts(),
  ]);
  return (
    <div className="flex flex-col gap-8">
      <PageHeader title={t("signIn.title")} lead={t("signIn.lead")} />
      <ClientMessages namespaces={["auth"]}>
        <SignInForm next={next} passwordLength={PASSWORD_MIN_LENGTH} />
        <p>
          <Link href="/sign-in/link">{t("link.offer")}</Link>
        </p>
        {provider === undefined ? null : (
          <section aria-labelledby="provider" className="flex flex-col gap-3 border-t border-line pt-6">
            <h2 id="provider" className="text-lg font-semibold">
              {t("provider.title")}
            </h2>
            <BeginProvider name={provider} next={next} />
          </section>
        )}
        {accounts.length > 0 ? <DemoAccounts accounts={accounts} next={next} /> : null}
      </ClientMessages>
      <section aria-labelledby="no-account" className="flex flex-col gap-2 border-t border-line pt-6">
        <h2 id="no-account" className="text-lg font-semibold">
          {t("signIn.noAccountTitle")}
        </h2>
        <p className="measure">{t("signIn.noAccount")}</p>
        <p>
          <Link href="/register">{t("register.offer")}</Link>
        </p>
        <p>
          <Link href="/lost-link">{lost("link")}</Link>
        </p>
        <p>
          <Link href="/">{t("signIn.book")}</Link>
        </p>
      </section>
    </div>
  );
}
