import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { LinkInvalid } from "@/components/account/link-invalid";
import { SetUpForm } from "@/components/admin/set-up-form";
import { ClientMessages } from "@/components/layout/client-messages";
import { PageHeader } from "@/components/ui/page-header";
import { loadSetupLink } from "@/lib/admin/loaders/clinic";
import { PASSWORD_MIN_LENGTH } from "@/lib/core/limits";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("auth"))("setup.title"), robots: { index: false, follow: false } };
}

export default async function SetUpPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const [canBeUsed, t] = await Promise.all([loadSetupLink(token), getTranslations("auth")]);
  if (!canBeUsed) return <LinkInvalid purpose="setup" />;
  return (
    <div className="flex flex-col gap-8">
      <PageHeader title={t("setup.title")} lead={t("setup.lead")} />
      <ClientMessages namespaces={["auth"]}>
        <SetUpForm token={token} passwordLength={PASSWORD_MIN_LENGTH} />
      </ClientMessages>
    </div>
  );
}
