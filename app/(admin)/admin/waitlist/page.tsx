import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { WaitlistTable } from "@/components/booking/waitlist/waitlist-table";
import { ClientMessages } from "@/components/layout/client-messages";
import { PageHeader } from "@/components/ui/page-header";
import { loadWaitlist } from "@/lib/booking/loaders/waitlist";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("waitlist.staff"))("title") };
}

/** Who waits for a time to come free. */
export default async function AdminWaitlistPage() {
  const rows = await loadWaitlist();
  const t = await getTranslations("waitlist.staff");
  return (
    <div className="flex flex-col gap-6">
      <PageHeader title={t("title")} lead={t("lead")} />
      <ClientMessages namespaces={["waitlist"]}>
        <WaitlistTable rows={rows} />
      </ClientMessages>
    </div>
  );
}
