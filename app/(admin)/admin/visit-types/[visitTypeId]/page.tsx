import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { IntakeQuestions } from "@/components/admin/intake/intake-questions";
import { VisitTypeForm } from "@/components/admin/visit-type-form";
import { ClientMessages } from "@/components/layout/client-messages";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { loadVisitType } from "@/lib/admin/loaders/clinic";
import { VISIT_TYPE_BOUNDS } from "@/lib/directory/constants";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("admin"))("visitTypes.title") };
}

type Props = {
  params: Promise<{ visitTypeId: string }>;
  searchParams: Promise<{ question?: string | string[] }>;
};

export default async function VisitTypePage({ params, searchParams }: Props) {
  const [{ visitTypeId }, { question }] = await Promise.all([params, searchParams]);
  const { visitType, questions } = await loadVisitType(visitTypeId);
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
    maxPerDay: String(visitType.maxPerDay ?? ""),
    changeNoticeMinutes: String(visitType.changeNoticeMinutes),
    reminderMinutes: visitType.reminderMinutes.join(", "),
  };
  return (
    <div className="flex max-w-2xl flex-col gap-6">
      <PageHeader title={visitType.names[locale]} back={<Link href="/admin/visit-types">{t("back")}</Link>} />
      <ClientMessages namespaces={["admin"]}>
        <VisitTypeForm
          visitTypeId={visitType.id}
          active={visitType.active}
          offeredNow={visitType.offeredNow}
          given={given}
          bounds={VISIT_TYPE_BOUNDS}
        />
        <IntakeQuestions
          visitTypeId={visitType.id}
          questions={questions}
          changed={questions.find(({ questionId }) => questionId === question)}
        />
      </ClientMessages>
    </div>
  );
}
