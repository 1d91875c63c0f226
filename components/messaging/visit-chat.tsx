import { useTranslations } from "next-intl";
import { ClientMessages } from "@/components/layout/client-messages";
import type { VisitTalkDto } from "@/lib/messaging/types";
import { BeginConversation } from "./talk/begin";
import { Conversation } from "./talk/conversation";

/** The conversation beside a visit, on either side's page. */
export function VisitChat({
  talk,
  token,
  newClientId,
}: {
  talk: VisitTalkDto;
  token: string | undefined;
  newClientId: string;
}) {
  const t = useTranslations("messages");
  const { side, patientId, practitionerId, conversation } = talk;
  return (
    <section aria-labelledby="chat" className="flex flex-col gap-3">
      <h2 id="chat" className="text-lg font-semibold">
        {t("title")}
      </h2>
      <ClientMessages namespaces={["messages", "chat"]}>
        {conversation ? (
          <Conversation
            key={conversation.conversationId}
            conversation={conversation}
            token={token}
            newClientId={newClientId}
          />
        ) : (
          <BeginConversation
            side={side}
            patientId={patientId}
            practitionerId={practitionerId}
            token={token}
            isHere
          />
        )}
      </ClientMessages>
    </section>
  );
}
