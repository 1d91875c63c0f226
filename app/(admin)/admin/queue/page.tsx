import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "@/components/layout/client-messages";
import { QueueTable } from "@/components/queue/queue-table";
import { ButtonLink } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { loadQueue } from "@/lib/queue/loaders/staff";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("queue.staff"))("title") };
}

/** Who waits to be seen now, and who takes visits. */
export default async function AdminQueuePage() {
  const [queue, t] = [await loadQueue(), await getTranslations("queue.staff")];
  return (
    <div className="flex flex-col gap-6">
      <PageHeader
        title={t("title")}
        lead={t("lead")}
        actions={
          <ButtonLink href="/admin/queue" size="sm" prefetch={false}>
            {t("refresh")}
          </ButtonLink>
        }
      />
      <ClientMessages namespaces={["queue"]}>
        <QueueTable queue={queue} />
      </ClientMessages>
    </div>
  );
}
