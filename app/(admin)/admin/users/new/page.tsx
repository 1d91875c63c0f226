import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { confirmOf } from "@/components/admin/users/confirm-of";
import { InviteUserForm } from "@/components/admin/users/invite-form";
import { ProveFirst } from "@/components/admin/users/prove-first";
import { ClientMessages } from "@/components/layout/client-messages";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { loadNewAccount } from "@/lib/admin/loaders/users";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("admin.users"))("new.title") };
}

export default async function NewUserPage() {
  const { locales, confirmation } = await loadNewAccount();
  const t = await getTranslations("admin.users.new");
  return (
    <div className="flex max-w-2xl flex-col gap-6">
      <PageHeader title={t("title")} lead={t("lead")} back={<Link href="/admin/users">{t("back")}</Link>} />
      <ClientMessages namespaces={["admin", "auth"]}>
        <ProveFirst confirmation={confirmation} next="/admin/users/new">
          <InviteUserForm locales={locales} confirm={confirmOf(confirmation)} />
        </ProveFirst>
      </ClientMessages>
    </div>
  );
}
