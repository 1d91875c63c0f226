import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { NewVisitTypeForm } from "@/components/admin/visit-type-form";
import { ClientMessages } from "@/components/layout/client-messages";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { loadNewVisitType } from "@/lib/admin/loaders/clinic";
import { VISIT_TYPE_BOUNDS } from "@/lib/directory/constants";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("admin"))("newVisitType.title") };
}

/** Half an hour on every half hour: what most clinics begin with. */
const USUAL = {
  nameEn: "",
  nameRu: "",
  durationMinutes: "30",
  intervalMinutes: "30",
  bufferBeforeMinutes: "0",
  bufferAfterMinutes: "0",
  minNoticeMinutes: "60",
  horizonDays: "60",
  maxPerDay: "",
  changeNoticeMinutes: "60",
  reminderMinutes: "1440, 60",
};

export default async function NewVisitTypePage() {
  await loadNewVisitType();
  const t = await getTranslations("admin");
  return (
    <div className="flex max-w-2xl flex-col gap-6">
      <PageHeader
        title={t("newVisitType.title")}
        back={<Link href="/admin/visit-types">{t("visitType.back")}</Link>}
      />
      <ClientMessages namespaces={["admin"]}>
        <NewVisitTypeForm given={USUAL} bounds={VISIT_TYPE_BOUNDS} />
      </ClientMessages>
    </div>
  );
}
