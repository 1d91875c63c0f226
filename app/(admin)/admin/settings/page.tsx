import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { BookingSettingsForm } from "@/components/admin/settings/booking-settings-form";
import { ClientMessages } from "@/components/layout/client-messages";
import { PageHeader } from "@/components/ui/page-header";
import { loadBookingSettings } from "@/lib/booking/loaders/settings";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("admin.settings"))("title") };
}

export default async function SettingsPage() {
  const [settings, t] = await Promise.all([loadBookingSettings(), getTranslations("admin.settings")]);
  return (
    <div className="flex max-w-2xl flex-col gap-6">
      <PageHeader title={t("title")} />
      <ClientMessages namespaces={["admin"]}>
        <BookingSettingsForm settings={settings} />
      </ClientMessages>
    </div>
  );
}
