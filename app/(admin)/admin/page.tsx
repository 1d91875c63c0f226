import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { FirstSteps } from "@/components/admin/first-steps";
import { OverviewTable } from "@/components/admin/overview";
import { PageHeader } from "@/components/ui/page-header";
import { loadOverview } from "@/lib/admin/loaders/clinic";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("admin"))("overview.title") };
}

export default async function OverviewPage() {
  const { practitioners, progress } = await loadOverview();
  const t = await getTranslations("admin.overview");
  return (
    <div className="flex flex-col gap-6">
      <PageHeader title={t("title")} lead={practitioners.length > 0 ? t("lead") : undefined} />
      {progress ? <FirstSteps progress={progress} /> : null}
      {practitioners.length > 0 ? <OverviewTable practitioners={practitioners} /> : null}
    </div>
  );
}
