"use client";

import { MessageSquare, Users } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { useLive } from "@/components/ui/live/use-live";
import type { ConversationState } from "@/lib/messaging/types";
import { type PanelName, panelButtonId, panelId, useCallPanels } from "./call-panels";

/** In the bar of a call that covers the page: the ways to who is in, and to the chat with what is unread in it. */
export function PanelButtons({
  inCall,
  conversationId,
  token,
}: {
  /** How many TrueConf shows in the conference; none where it is not told. */
  inCall: number;
  conversationId: string | null;
  token: string | undefined;
}) {
  const t = useTranslations("visit.call");
  return (
    <>
      <PanelButton name="people" label={t("people")} icon={<Users aria-hidden="true" className="size-4" />}>
        {inCall > 0 ? (
          <span className="tabular-nums">
            <span aria-hidden="true">{inCall}</span>
            <span className="sr-only">{t("inCall", { count: inCall })}</span>
          </span>
        ) : null}
      </PanelButton>
      <PanelButton
        name="chat"
        label={t("chat")}
        icon={<MessageSquare aria-hidden="true" className="size-4" />}
      >
        {conversationId ? <Unread conversationId={conversationId} token={token} /> : null}
      </PanelButton>
    </>
  );
}

function PanelButton({
  name,
  label,
  icon,
  children,
}: {
  name: PanelName;
  label: string;
  icon: ReactNode;
  children?: ReactNode;
}) {
  const { open, setOpen } = useCallPanels();
  const isOpen = open === name;
  return (
    <Button
      id={panelButtonId(name)}
      variant="quiet"
      aria-expanded={isOpen}
      aria-controls={panelId(name)}
      className="max-sm:px-2.5"
      onClick={() => setOpen(isOpen ? null : name)}
    >
      {icon}
      <span className="max-sm:sr-only">{label}</span>
      {children}
    </Button>
  );
}

function Unread({ conversationId, token }: { conversationId: string; token: string | undefined }) {
  const t = useTranslations("visit.call");
  const { state } = useLive<ConversationState | null>({
    key: `conversation:${conversationId}`,
    token,
    initial: null,
  });
  const read = state?.own.read ?? 0;
  const unread = state?.messages.filter(({ isOwn, sequence }) => !isOwn && sequence > read).length ?? 0;
  return (
    <span aria-live="polite">
      {unread > 0 ? (
        <span className="inline-flex min-w-5 items-center justify-center rounded-full bg-accent px-1.5 text-xs font-semibold text-on-accent tabular-nums">
          <span aria-hidden="true">{unread}</span>
          <span className="sr-only">{t("unread", { count: unread })}</span>
        </span>
      ) : null}
    </span>
  );
}
