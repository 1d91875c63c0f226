import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { LinkInvalid } from "@/components/account/link-invalid";
import { NewPasswordForm } from "@/components/account/new-password-form";
import { ClientMessages } from "@/components/layout/client-messages";
import { PageHeader } from "@/components/ui/page-header";
import { loadPasswordReset } from "@/lib/auth/loaders";
import { PASSWORD_MIN_LENGTH } from "@/lib/core/limits";

export async function generateMetadata(): Promise<Metadata> {
  return {
    title: (await getTranslations("auth"))("newPasswordByLink.title"),
    robots: { index: false, follow: false },
  };
}

export default async function NewPasswordPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const [owner, t] = await Promise.all([loadPasswordReset(token), getTranslations("auth")]);
  if (!owner) return <LinkInvalid purpose="password_reset" />;
  return (
    <div className="flex flex-col gap-8">
      <PageHeader title={t("newPasswordByLink.title")} lead={t("newPasswordByLink.lead", owner)} />
      <ClientMessages namespaces={["auth"]}>
        <NewPasswordForm
          purpose="password_reset"
          token={token}
          email={owner.email}
          passwordLength={PASSWORD_MIN_LENGTH}
        />
      </ClientMessages>
    </div>
  );
}
