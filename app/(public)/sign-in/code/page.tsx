import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { SignInCodeForm } from "@/components/account/sign-in-code-form";
import { ClientMessages } from "@/components/layout/client-messages";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { hasPendingSignIn } from "@/lib/auth/loaders";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth.code");
  return { title: t("title"), robots: { index: false, follow: false } };
}

/** The second step of a sign-in, for the browser in which the first was right. */
export default async function SignInCodePage() {
  const [pending, t] = await Promise.all([hasPendingSignIn(), getTranslations("auth.code")]);
  return (
    <div className="flex flex-col gap-8">
      <PageHeader title={t(pending ? "title" : "noneTitle")} lead={t(pending ? "lead" : "none")} />
      {pending ? (
        <ClientMessages namespaces={["auth"]}>
          <SignInCodeForm />
        </ClientMessages>
      ) : null}
      <p>
        <Link href="/sign-in">{t("again")}</Link>
      </p>
    </div>
  );
}
