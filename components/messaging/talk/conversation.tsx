"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import type { ConversationDto } from "@/lib/messaging/types";
import { ConversationFiles } from "../files/conversation-files";
import { Composer } from "./composer";
import { MessageItem } from "./message-item";
import { OutboxMessage } from "./outbox-item";
import { Search } from "./search";
import { useConversation } from "./use-conversation";
import { useOutbox } from "./use-outbox";

/** Near enough to the end to be kept there when something new comes. */
const NEAR_PX = 120;

/** What the two of a conversation write to each other, live, and where one writes. The same on its own page and beside a visit. */
export function Conversation({
  conversation,
  token,
  newClientId,
}: {
  conversation: ConversationDto;
  token: string | undefined;
  newClientId: string;
}) {
  const t = useTranslations("messages");
  const { conversationId, side, otherName, practitionerName } = conversation;
  const writer = { conversationId, as: side, token };
  const { messages, earlier, other, status, isLoading, loadEarlier } = useConversation(conversation, writer);
  const { waiting, taken, send, retry, sendWithoutFiles, drop } = useOutbox(writer, messages);
  const lastOwn = messages.findLast(({ isOwn }) => isOwn)?.sequence;

  const list = useRef<HTMLDivElement>(null);
  const isNear = useRef(true);
  const end = `${messages.at(-1)?.sequence ?? 0} ${waiting.length}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: follows the end whenever there is a new one
  useEffect(() => {
    if (isNear.current) list.current?.scrollTo({ top: list.current.scrollHeight });
  }, [end]);

  const markOf = (sequence: number) => {
    if (sequence !== lastOwn) return null;
    if (other.read >= sequence) return `· ${t("read")}`;
    return `· ${t(other.delivered >= sequence ? "delivered" : "sent")}`;
  };
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <Search writer={writer} otherName={otherName} />
      <ConversationFiles messages={messages} token={token} />
      {status === "offline" || status === "reconnecting" ? (
        <Notice tone="wait" announce="status">
          <p>{t("lostLine")}</p>
        </Notice>
      ) : null}
      <section
        ref={list}
        aria-label={t("list", { name: otherName })}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
        tabIndex={0}
        onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
          isNear.current = scrollHeight - scrollTop - clientHeight < NEAR_PX;
        }}
        className="max-h-[60dvh] min-h-40 overflow-y-auto rounded-md border border-line bg-sunken p-3"
      >
        {earlier === null ? null : (
          <p className="mb-3 text-center">
            <Button size="sm" pending={isLoading} onClick={loadEarlier}>
              {t("earlier")}
            </Button>
          </p>
        )}
        {messages.length + waiting.length === 0 ? (
          <p className="measure text-muted">{t("empty", { name: otherName })}</p>
        ) : null}
        <ol aria-live="polite" aria-relevant="additions" className="flex flex-col gap-3">
          {messages.map((message) => (
            <MessageItem
              key={message.messageId}
              message={message}
              side={side}
              otherName={otherName}
              practitionerName={practitionerName}
              token={token}
              mark={markOf(message.sequence)}
            />
          ))}
          {waiting.map((item) => (
            <OutboxMessage
              key={item.clientId}
              item={item}
              onRetry={() => retry(item.clientId)}
              onWithoutFiles={() => sendWithoutFiles(item)}
              onDrop={() => drop(item)}
            />
          ))}
        </ol>
      </section>
      <Composer
        writer={writer}
        files={conversation.files}
        taken={taken}
        newClientId={newClientId}
        onSend={(message) => {
          isNear.current = true;
          send(message);
        }}
      />
    </div>
  );
}
