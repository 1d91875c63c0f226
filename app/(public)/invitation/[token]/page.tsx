import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { LinkInvalid } from "@/components/account/link-invalid";
import { NewPasswordForm } from "@/components/account/new-password-form";
import { ClientMessages } from "@/components/layout/client-messages";
import { PageHeader } from "@/components/ui/page-header";
import { loadInvitation } from "@/lib/auth/loaders";
import { PASSWORD_MIN_LENGTH } from "@/lib/core/limits";

export async function generateMetadata(): Promise<Metadata> {
  return {
    title: (await getTranslations("auth"))("invitation.title"),
    robots: { index: false, follow: false },
  };
}

export default async function InvitationPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const [invited, t] = await Promise.all([loadInvitation(token), getTranslations("auth")]);
  if (!invited) return <LinkInvalid purpose="invitation" />;
  return (
    <div className="flex flex-col gap-8">
      <PageHeader title={t("invitation.title")} lead={t("invitation.lead", invited)} />
      <ClientMessages namespaces={["auth"]}>
        <NewPasswordForm
          purpose="invitation"
          token={token}
          email={invited.email}
          passwordLength={PASSWORD_MIN_LENGTH}
        />
      </ClientMessages>
    </div>
  );
}
