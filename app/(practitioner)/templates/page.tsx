import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "@/components/layout/client-messages";
import { Templates } from "@/components/records/templates";
import { PageHeader } from "@/components/ui/page-header";
import { loadTemplates } from "@/lib/records/loaders";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("records.templates"))("title") };
}

/** The texts with which a practitioner begins summaries. */
export default async function TemplatesPage() {
  const templates = await loadTemplates();
  const t = await getTranslations("records.templates");
  return (
    <div className="flex flex-col gap-6">
      <PageHeader title={t("title")} lead={t("lead")} />
      <ClientMessages namespaces={["records"]}>
        <Templates templates={templates} />
      </ClientMessages>
    </div>
  );
}
