import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { VisitChat } from "@/components/messaging/visit-chat";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { loadLinkedTalk, newClientId } from "@/lib/visits/loaders/conversation";

type Props = { params: Promise<{ token: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return {
    title: (await getTranslations("messages"))("title"),
    robots: { index: false, follow: false },
  };
}

/** The conversation of the two of a personal link's visit. */
export default async function LinkedMessagesPage({ params }: Props) {
  const { token } = await params;
  const talk = await loadLinkedTalk(token);
  const t = await getTranslations("messages");
  return (
    <div className="mx-auto flex max-w-2xl flex-col gap-4">
      <PageHeader
        title={talk.conversation?.otherName ?? t("title")}
        lead={t("notForEmergencies")}
        back={<Link href={`/v/${token}`}>{t("backToVisit")}</Link>}
      />
      <VisitChat talk={talk} token={token} newClientId={newClientId()} />
    </div>
  );
}
