import { ListChecks } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { VisitTypeTable } from "@/components/admin/visit-type-table";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { loadVisitTypes } from "@/lib/admin/loaders/clinic";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("admin"))("visitTypes.title") };
}

export default async function VisitTypesPage() {
  const visitTypes = await loadVisitTypes();
  const t = await getTranslations("admin.visitTypes");
  const add = (
    <ButtonLink href="/admin/visit-types/new" variant="primary">
      {t("add")}
    </ButtonLink>
  );
  return (
    <div className="flex flex-col gap-6">
      <PageHeader title={t("title")} lead={t("lead")} actions={visitTypes.length > 0 ? add : undefined} />
      {visitTypes.length > 0 ? (
        <VisitTypeTable visitTypes={visitTypes} />
      ) : (
        <EmptyState title={t("empty")} icon={ListChecks} action={add}>
          <p>{t("emptyBody")}</p>
        </EmptyState>
      )}
    </div>
  );
}
