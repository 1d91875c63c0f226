import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "@/components/layout/client-messages";
import { PageHeader } from "@/components/ui/page-header";
import { DeviceCheck } from "@/components/visit/check/device-check";
import { env } from "@/lib/core/env";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("check");
  return { title: t("title") };
}

/** Camera, microphone, speaker and connection, tried in good time before a visit. */
export default async function CheckPage() {
  const t = await getTranslations("check");
  return (
    <div className="mx-auto flex max-w-2xl flex-col gap-6">
      <PageHeader title={t("title")} lead={t("lead")} />
      <ClientMessages namespaces={["check", "waiting"]}>
        <DeviceCheck trueconfOrigin={env().TRUECONF_WEB_ORIGIN} />
      </ClientMessages>
    </div>
  );
}
