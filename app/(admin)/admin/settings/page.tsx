import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { BookingSettingsForm } from "@/components/admin/settings/booking-settings-form";
import { VisitSettingsForm } from "@/components/admin/settings/visit-settings-form";
import { ClientMessages } from "@/components/layout/client-messages";
import { PageHeader } from "@/components/ui/page-header";
import { loadBookingSettings } from "@/lib/booking/loaders/settings";
import { loadVisitSettings } from "@/lib/visits/loaders/settings";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("admin.settings"))("pageTitle") };
}

export default async function SettingsPage() {
  const [booking, visits, t] = await Promise.all([
    loadBookingSettings(),
    loadVisitSettings(),
    getTranslations("admin"),
  ]);
  return (
    <div className="flex max-w-2xl flex-col gap-10">
      <PageHeader title={t("settings.pageTitle")} />
      <ClientMessages namespaces={["admin"]}>
        <section aria-labelledby="settings-of-booking" className="flex flex-col gap-4">
          <h2 id="settings-of-booking" className="text-lg font-semibold">
            {t("settings.title")}
          </h2>
          <BookingSettingsForm settings={booking} />
        </section>
        <section aria-labelledby="settings-of-visits" className="flex flex-col gap-4">
          <h2 id="settings-of-visits" className="text-lg font-semibold">
            {t("visitSettings.title")}
          </h2>
          <VisitSettingsForm settings={visits} />
        </section>
      </ClientMessages>
    </div>
  );
}
