import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { OpenForm } from "@/components/emergency/open-form";
import { ClientMessages } from "@/components/layout/client-messages";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { requireEmergencyPage } from "@/lib/emergency/loaders";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("emergency"))("title") };
}

/** Where a practitioner opens the record of somebody who is not their patient. What is open stands in the banner above. */
export default async function EmergencyPage() {
  await requireEmergencyPage();
  const t = await getTranslations("emergency");
  return (
    <div className="flex flex-col gap-6">
      <PageHeader title={t("title")} lead={t("lead")} />
      <Notice tone="info">
        <p>{t("told")}</p>
      </Notice>
      <div className="measure">
        <ClientMessages namespaces={["emergency", "errors"]}>
          <OpenForm />
        </ClientMessages>
      </div>
    </div>
  );
}
