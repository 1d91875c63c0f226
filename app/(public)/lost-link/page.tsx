import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { LostLinkForm } from "@/components/account/lost-link-form";
import { ClientMessages } from "@/components/layout/client-messages";
import { PhoneLink } from "@/components/layout/phone-link";
import { PageHeader } from "@/components/ui/page-header";
import { env } from "@/lib/core/env";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("change.lostLink");
  return { title: t("title"), robots: { index: false } };
}

/** Where somebody without the link to a visit has it sent again, to the address that booked and to no other. */
export default async function LostLinkPage() {
  const t = await getTranslations("change.lostLink");
  const phone = env().CLINIC_PHONE;
  return (
    <div className="flex flex-col gap-8">
      <PageHeader title={t("title")} lead={t("lead")} />
      <ClientMessages namespaces={["auth", "change"]}>
        <LostLinkForm />
      </ClientMessages>
      {phone ? <p>{t.rich("call", { phone: () => <PhoneLink phone={phone} /> })}</p> : null}
    </div>
  );
}
