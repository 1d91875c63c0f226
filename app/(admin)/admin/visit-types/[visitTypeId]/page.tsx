import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { VisitTypeForm } from "@/components/admin/visit-type-form";
import { ClientMessages } from "@/components/layout/client-messages";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { loadVisitType } from "@/lib/admin/loaders";
import { VISIT_TYPE_BOUNDS } from "@/lib/directory/constants";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("admin"))("visitTypes.title") };
}

export default async function VisitTypePage({ params }: { params: Promise<{ visitTypeId: string }> }) {
  const visitType = await loadVisitType((await params).visitTypeId);
  const [t, locale] = await Promise.all([getTranslations("admin.visitType"), getLocale()]);
  const given = {
    nameEn: visitType.names.en,
    nameRu: visitType.names.ru,
    durationMinutes: String(visitType.durationMinutes),
    intervalMinutes: String(visitType.intervalMinutes),
    bufferBeforeMinutes: String(visitType.bufferBeforeMinutes),
    bufferAfterMinutes: String(visitType.bufferAfterMinutes),
    minNoticeMinutes: String(visitType.minNoticeMinutes),
    horizonDays: String(visitType.horizonDays),
  };
  return (
    <div className="flex max-w-2xl flex-col gap-6">
      <PageHeader title={visitType.names[locale]} back={<Link href="/admin/visit-types">{t("back")}</Link>} />
      <ClientMessages namespaces={["admin"]}>
        <VisitTypeForm
          visitTypeId={visitType.id}
          active={visitType.active}
          given={given}
          bounds={VISIT_TYPE_BOUNDS}
        />
      </ClientMessages>
    </div>
  );
}
