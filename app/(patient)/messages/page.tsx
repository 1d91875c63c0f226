import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "@/components/layout/client-messages";
import { InboxList } from "@/components/messaging/talk/inbox-list";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { loadInbox } from "@/lib/visits/loaders/conversation";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("messages"))("title") };
}

/** What the signed-in patient and their practitioners write to each other. */
export default async function MessagesPage() {
  const inbox = await loadInbox("patient");
  const t = await getTranslations("messages");
  return (
    <div className="mx-auto flex max-w-2xl flex-col gap-6">
      <PageHeader
        title={t("title")}
        lead={t("lead")}
        back={<Link href="/visits">{t("backToVisits")}</Link>}
      />
      <ClientMessages namespaces={["messages"]}>
        <InboxList inbox={inbox} />
      </ClientMessages>
    </div>
  );
}
