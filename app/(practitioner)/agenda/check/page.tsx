import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "@/components/layout/client-messages";
import { PageHeader } from "@/components/ui/page-header";
import { DeviceCheck } from "@/components/visit/check/device-check";
import { requireRole } from "@/lib/auth/loaders";
import { env } from "@/lib/core/env";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("check"))("title") };
}

/** The check for practitioners, in their own frame: whoever is on duty stays so, and is rung here too. */
export default async function PractitionerCheckPage() {
  await requireRole("practitioner", "/agenda/check");
  const t = await getTranslations("check");
  return (
    <div className="flex max-w-2xl flex-col gap-6">
      <PageHeader title={t("title")} lead={t("leadForStaff")} />
      <ClientMessages namespaces={["check", "waiting"]}>
        <DeviceCheck trueconfOrigin={env().TRUECONF_WEB_ORIGIN} />
      </ClientMessages>
    </div>
  );
}
