import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { MailDelayed } from "@/components/account/mail-delayed";
import { RegisterForm } from "@/components/account/register-form";
import { ClientMessages } from "@/components/layout/client-messages";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { loadMailDelayed, loadSession } from "@/lib/auth/loaders";
import { homeOf } from "@/lib/auth/rules";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("auth.register"))("title") };
}

/** Where a patient asks for an account. */
export default async function RegisterPage() {
  const session = await loadSession();
  if (session) redirect(homeOf(session.actor.roles));
  const [t, delayed] = await Promise.all([getTranslations("auth.register"), loadMailDelayed()]);
  return (
    <div className="flex flex-col gap-8">
      <PageHeader title={t("title")} lead={t("lead")} />
      <MailDelayed delayed={delayed} />
      <ClientMessages namespaces={["auth"]}>
        <RegisterForm />
      </ClientMessages>
      <p>
        <Link href="/sign-in">{t("signIn")}</Link>
      </p>
    </div>
  );
}
