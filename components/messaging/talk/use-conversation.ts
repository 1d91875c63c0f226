"use client";

import { useEffect, useState } from "react";
import { useLive } from "@/components/ui/live/use-live";
import { useShown } from "@/components/ui/shown";
import type { ConversationDto, ConversationState } from "@/lib/messaging/types";
import type { Writer } from "../files/upload";
import { callConversation } from "./call";
import { mergePages, type Page } from "./merge";

/** A conversation while its page is open: what the stream says, what was loaded from before, and how far this side has read. */
export function useConversation(conversation: ConversationDto, writer: Writer) {
  const { conversationId, state: initial } = conversation;
  const { as, token } = writer;
  const live = useLive<ConversationState | null>({ key: `conversation:${conversationId}`, token, initial });
  const state = live.state ?? initial;
  const [held, setHeld] = useState<Page>(initial);
  const page = mergePages(held, state);
  // What the stream has said stays when it goes on.
  if (held.messages.at(-1)?.sequence !== page.messages.at(-1)?.sequence) setHeld(page);

  const last = state.messages.at(-1)?.sequence ?? 0;
  const { delivered, read } = state.own;
  const isShown = useShown();
  useEffect(() => {
    const mark = () => {
      const seen = isShown && document.visibilityState === "visible" ? last : 0;
      if (delivered >= last && read >= seen) return;
      void callConversation("mark", { conversationId, as, token }, { delivered: last, read: seen });
    };
    mark();
    document.addEventListener("visibilitychange", mark);
    return () => document.removeEventListener("visibilitychange", mark);
  }, [conversationId, as, token, last, delivered, read, isShown]);

  const [isLoading, setIsLoading] = useState(false);
  async function loadEarlier() {
    if (page.earlier === null || isLoading) return;
    setIsLoading(true);
    const before = await callConversation("earlier", writer, { before: page.earlier });
    setIsLoading(false);
    if (before) setHeld({ messages: [...before.messages, ...page.messages], earlier: before.earlier });
  }

  return { ...page, other: state.other, status: live.status, isLoading, loadEarlier };
}
