"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { IDLE, type PipelineRefusal } from "@/lib/core/form";
import type { MessageDto, SendRefusal } from "@/lib/messaging/types";
import { sendMessageAction } from "@/lib/visits/actions/messages";
import type { Writer } from "../files/upload";
import { keep, readKept, type Waiting } from "./kept";
import { stillWaiting } from "./merge";

/** After a message that did not get through. */
const AGAIN_MS = 3_000;

export type OutboxItem = Waiting & {
  state: { name: "sending" | "lost" | "sent" } | { name: "refused"; reason: SendRefusal | PipelineRefusal };
};

const sending = (waiting: Waiting): OutboxItem => ({ ...waiting, state: { name: "sending" } });

/**
 * What is being sent: shown at once, one after the other, and sent again until it has got through, over a reload too. The portal takes
 * each once, by the number that this page gave it.
 *
 * @returns `taken`: the files that no other message can have
 */
export function useOutbox({ conversationId, as, token }: Writer, messages: readonly MessageDto[]) {
  const [items, setItems] = useState<OutboxItem[]>([]);
  const busy = useRef(false);

  useEffect(() => {
    setItems(readKept(conversationId).waiting.map(sending));
  }, [conversationId]);

  const put = useCallback((clientId: string, state: OutboxItem["state"]) => {
    setItems((all) => all.map((one) => (one.clientId === clientId ? { ...one, state } : one)));
  }, []);

  const post = useCallback(
    async ({ clientId, text, files }: Waiting) => {
      const form = new FormData();
      const fields = { conversationId, as, clientId, text, ...(token === undefined ? {} : { token }) };
      for (const [name, value] of Object.entries(fields)) form.set(name, value);
      for (const { attachmentId } of files) form.append("attachmentIds[]", attachmentId);
      try {
        const answer = await sendMessageAction(IDLE, form);
        if (answer.status === "refused") put(clientId, { name: "refused", reason: answer.reason });
        else put(clientId, { name: "sent" });
      } catch {
        put(clientId, { name: "lost" });
      }
    },
    [conversationId, as, token, put],
  );

  const waiting = stillWaiting(items, messages);
  const next = waiting.find(({ state }) => state.name === "sending");
  useEffect(() => {
    if (!next || busy.current) return;
    busy.current = true;
    void post(next).finally(() => {
      busy.current = false;
    });
  }, [next, post]);

  // What did not get through is tried again by itself, and at once when the line is back.
  const hasLost = waiting.some(({ state }) => state.name === "lost");
  useEffect(() => {
    if (!hasLost) return;
    const again = () => setItems((all) => all.map((one) => (one.state.name === "lost" ? sending(one) : one)));
    const timer = setTimeout(again, AGAIN_MS);
    window.addEventListener("online", again);
    return () => {
      clearTimeout(timer);
      window.removeEventListener("online", again);
    };
  }, [hasLost]);

  const unsent = JSON.stringify(
    waiting
      .filter(({ state }) => state.name !== "sent")
      .map(({ clientId, text, files }) => ({ clientId, text, files })),
  );
  const isFirst = useRef(true);
  useEffect(() => {
    // The first look comes before what was kept is read.
    if (!isFirst.current) keep(conversationId, { waiting: JSON.parse(unsent) });
    isFirst.current = false;
  }, [conversationId, unsent]);

  const send = useCallback((message: Waiting) => setItems((all) => [...all, sending(message)]), []);
  const retry = useCallback((clientId: string) => put(clientId, { name: "sending" }), [put]);

  // What a message was refused for, no other one shall carry again.
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());
  const letGo = useCallback(({ files, state }: OutboxItem) => {
    if (state.name === "refused" && state.reason === "file_gone")
      setGone((known) => new Set([...known, ...files.map(({ attachmentId }) => attachmentId)]));
  }, []);
  const sendWithoutFiles = useCallback(
    (item: OutboxItem) => {
      letGo(item);
      setItems((all) =>
        all.map((one) => (one.clientId === item.clientId ? sending({ ...one, files: [] }) : one)),
      );
    },
    [letGo],
  );
  const drop = useCallback(
    (item: OutboxItem) => {
      letGo(item);
      setItems((all) => all.filter((one) => one.clientId !== item.clientId));
    },
    [letGo],
  );

  const taken = new Set(gone);
  for (const { files } of [...waiting, ...messages])
    for (const { attachmentId } of files) taken.add(attachmentId);
  return { waiting, taken, send, retry, sendWithoutFiles, drop };
}
