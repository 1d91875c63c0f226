import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { SignInWithLink } from "@/components/account/sign-in-link-forms";
import { ClientMessages } from "@/components/layout/client-messages";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { loadSignInLink } from "@/lib/auth/loaders";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth.link");
  return { title: t("readyTitle"), robots: { index: false, follow: false } };
}

/** A mail's link to sign in. Opening it does nothing yet, and in another browser than the one that asked it never will. */
export default async function SignInLinkPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const [link, t] = await Promise.all([loadSignInLink(token), getTranslations("auth.link")]);
  if (link.state === "ready") {
    return (
      <div className="flex flex-col gap-8">
        <PageHeader
          title={t(link.isNew ? "newTitle" : "readyTitle")}
          lead={t(link.isNew ? "new" : "ready", { email: link.email })}
        />
        <ClientMessages namespaces={["auth"]}>
          <SignInWithLink token={token} isNew={link.isNew} />
        </ClientMessages>
      </div>
    );
  }
  const other = link.state === "other_browser";
  return (
    <div className="flex flex-col gap-8">
      <PageHeader title={t(other ? "otherTitle" : "invalidTitle")} lead={t(other ? "other" : "invalid")} />
      <p>
        <Link href="/sign-in/link">{t("again")}</Link>
      </p>
    </div>
  );
}
