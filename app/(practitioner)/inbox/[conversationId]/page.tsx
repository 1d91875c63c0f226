import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "@/components/layout/client-messages";
import { Conversation } from "@/components/messaging/talk/conversation";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { StartVideo } from "@/components/visit/chat/start-video";
import { loadConversation, newClientId } from "@/lib/visits/loaders/conversation";

type Props = { params: Promise<{ conversationId: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("messages"))("title") };
}

/** A conversation of the practitioner's, which one click turns into a visit. */
export default async function InboxConversationPage({ params }: Props) {
  const conversation = await loadConversation("practitioner", (await params).conversationId);
  const t = await getTranslations("messages");
  return (
    <div className="flex max-w-3xl flex-col gap-4">
      <ClientMessages namespaces={["messages", "chat"]}>
        <PageHeader
          title={conversation.otherName}
          back={<Link href="/inbox">{t("all")}</Link>}
          actions={<StartVideo conversationId={conversation.conversationId} />}
        />
        <Conversation conversation={conversation} token={undefined} newClientId={newClientId()} />
      </ClientMessages>
    </div>
  );
}
