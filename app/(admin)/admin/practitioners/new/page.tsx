import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { NewPractitionerForm } from "@/components/admin/practitioner-form";
import { confirmOf } from "@/components/admin/users/confirm-of";
import { ProveFirst } from "@/components/admin/users/prove-first";
import { ClientMessages } from "@/components/layout/client-messages";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { loadNewPractitioner } from "@/lib/admin/loaders/clinic";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("admin"))("newPractitioner.title") };
}

export default async function NewPractitionerPage() {
  const { choices, languages, locale, timeZone, confirmation } = await loadNewPractitioner();
  const t = await getTranslations("admin");
  const given = {
    displayName: "",
    specialtyCode: "",
    timeZone,
    languages: [locale],
    visitTypeIds: choices.visitTypes.filter(({ active }) => active).map(({ value }) => value),
    introductionEn: "",
    introductionRu: "",
  };
  return (
    <div className="flex max-w-2xl flex-col gap-6">
      <PageHeader
        title={t("newPractitioner.title")}
        lead={t("newPractitioner.lead")}
        back={<Link href="/admin/practitioners">{t("practitioner.back")}</Link>}
      />
      <ClientMessages namespaces={["admin", "auth"]}>
        <ProveFirst confirmation={confirmation} next="/admin/practitioners/new">
          <NewPractitionerForm
            choices={choices}
            given={given}
            locale={locale}
            locales={languages}
            confirm={confirmOf(confirmation)}
          />
        </ProveFirst>
      </ClientMessages>
    </div>
  );
}
