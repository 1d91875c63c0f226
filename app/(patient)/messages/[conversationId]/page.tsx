import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "@/components/layout/client-messages";
import { Conversation } from "@/components/messaging/talk/conversation";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { loadConversation, newClientId } from "@/lib/visits/loaders/conversation";

type Props = { params: Promise<{ conversationId: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return {
    title: (await getTranslations("messages"))("title"),
    robots: { index: false, follow: false },
  };
}

/** A conversation of the signed-in patient. */
export default async function MessagePage({ params }: Props) {
  const conversation = await loadConversation("patient", (await params).conversationId);
  const t = await getTranslations("messages");
  return (
    <div className="mx-auto flex max-w-2xl flex-col gap-4">
      <PageHeader
        title={conversation.otherName}
        lead={t("notForEmergencies")}
        back={<Link href="/messages">{t("all")}</Link>}
      />
      <ClientMessages namespaces={["messages", "chat"]}>
        <Conversation conversation={conversation} token={undefined} newClientId={newClientId()} />
      </ClientMessages>
    </div>
  );
}
