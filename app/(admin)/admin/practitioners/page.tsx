import { UsersRound } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PractitionerTable } from "@/components/admin/practitioner-table";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { loadPractitioners } from "@/lib/admin/loaders/clinic";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("admin"))("practitioners.title") };
}

export default async function PractitionersPage() {
  const { practitioners, mayAdd } = await loadPractitioners();
  const t = await getTranslations("admin.practitioners");
  const add = mayAdd ? (
    <ButtonLink href="/admin/practitioners/new" variant="primary">
      {t("add")}
    </ButtonLink>
  ) : undefined;
  return (
    <div className="flex flex-col gap-6">
      <PageHeader title={t("title")} actions={practitioners.length > 0 ? add : undefined} />
      {practitioners.length > 0 ? (
        <PractitionerTable practitioners={practitioners} />
      ) : (
        <EmptyState title={t("empty")} icon={UsersRound} action={add}>
          <p>{t("emptyBody")}</p>
        </EmptyState>
      )}
    </div>
  );
}
