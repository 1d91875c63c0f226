import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AccountTable } from "@/components/admin/users/account-table";
import { FindAccount } from "@/components/admin/users/find-account";
import { ClientMessages } from "@/components/layout/client-messages";
import { ButtonLink } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { loadAccounts } from "@/lib/admin/loaders/users";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("admin.users"))("title") };
}

export default async function UsersPage() {
  const accounts = await loadAccounts();
  const t = await getTranslations("admin.users");
  const add = (
    <ButtonLink href="/admin/users/new" variant="primary">
      {t("add")}
    </ButtonLink>
  );
  return (
    <div className="flex flex-col gap-8">
      <PageHeader title={t("title")} lead={t("lead")} actions={add} />
      <AccountTable accounts={accounts} />
      <ClientMessages namespaces={["admin"]}>
        <FindAccount />
      </ClientMessages>
    </div>
  );
}
