import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "@/components/layout/client-messages";
import { InboxList } from "@/components/messaging/talk/inbox-list";
import { PageHeader } from "@/components/ui/page-header";
import { loadInbox } from "@/lib/visits/loaders/conversation";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("messages"))("title") };
}

/** What the practitioner and their patients write to each other. */
export default async function InboxPage() {
  const inbox = await loadInbox("practitioner");
  const t = await getTranslations("messages");
  return (
    <div className="flex max-w-3xl flex-col gap-6">
      <PageHeader title={t("title")} />
      <ClientMessages namespaces={["messages"]}>
        <InboxList inbox={inbox} />
      </ClientMessages>
    </div>
  );
}
