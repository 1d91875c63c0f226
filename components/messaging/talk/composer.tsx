"use client";

import { Send } from "lucide-react";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { earlyTextOf, enterText } from "@/components/ui/early";
import { Form } from "@/components/ui/form";
import { Textarea } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { IDLE } from "@/lib/core/form";
import { TEXT_RULES } from "@/lib/messaging/format/text";
import type { FilesDto } from "@/lib/messaging/types";
import { sendMessageAction } from "@/lib/visits/actions/messages";
import { FilePicker } from "../files/file-picker";
import type { Writer } from "../files/upload";
import { useFiles } from "../files/use-files";
import { keep, readKept, type Waiting } from "./kept";

/**
 * Where a message is written. What is typed stays over a reload; files go up as soon as they are chosen. Without JavaScript it is a
 * form like any other.
 *
 * @param newClientId for the form of a page without JavaScript; with it each message gets one of its own
 */
export function Composer({
  writer,
  files: initialFiles,
  taken,
  newClientId,
  onSend,
}: {
  writer: Writer;
  files: FilesDto;
  /** Files that are on their way, or have arrived. */
  taken: ReadonlySet<string>;
  newClientId: string;
  onSend: (message: Waiting) => void;
}) {
  const t = useTranslations("messages");
  const { conversationId, as, token } = writer;
  const files = useFiles(writer, initialFiles.unsent, taken);
  const [changed, setText] = useState<string>();
  const text = changed ?? "";
  const field = useRef<HTMLTextAreaElement>(null);

  useEffect(() => {
    const { draft } = readKept(conversationId);
    if (!draft) return;
    const early = field.current ? earlyTextOf(field.current) : undefined;
    if (field.current && early) enterText(field.current, `${draft}\n${early}`);
    else setText(draft);
  }, [conversationId]);

  function change(value: string) {
    setText(value);
    keep(conversationId, { draft: value });
  }

  const over = text.length - TEXT_RULES.maxLength;
  const isEmpty = text.trim() === "" && files.attachmentIds.length === 0;
  function send() {
    if (isEmpty || over > 0 || files.isUploading) return field.current?.focus();
    const sent = files.files.flatMap((one) =>
      one.state === "attached" ? { attachmentId: one.attachmentId, name: one.name } : [],
    );
    onSend({ clientId: crypto.randomUUID(), text, files: sent });
    change("");
    field.current?.focus();
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    send();
  }

  return (
    <Form
      id="send-message"
      action={sendMessageAction}
      initialState={IDLE}
      onSubmitCapture={(event) => {
        event.preventDefault();
        event.stopPropagation();
        send();
      }}
      className="flex flex-col gap-2"
    >
      {(state) => (
        <>
          {state.status === "refused" ? (
            <Notice tone="wait" announce="alert">
              <p>{t(`refused.${state.reason}`, { max: TEXT_RULES.maxLength })}</p>
            </Notice>
          ) : null}
          <input type="hidden" name="conversationId" value={conversationId} />
          <input type="hidden" name="as" value={as} />
          {token === undefined ? null : <input type="hidden" name="token" value={token} />}
          <input type="hidden" name="clientId" value={newClientId} />
          <input type="hidden" name="plain" value="1" />
          <label htmlFor="message-text" className="font-medium">
            {t("write")}
          </label>
          <Textarea
            ref={field}
            id="message-text"
            name="text"
            rows={2}
            aria-invalid={over > 0 || undefined}
            aria-describedby="message-length message-keys"
            className="max-h-48"
            // Without scripts the page comes again with what was refused.
            value={changed ?? (state.status === "refused" ? (state.values.text ?? "") : "")}
            onChange={(event) => change(event.target.value)}
            onKeyDown={onKeyDown}
          />
          <Length left={-over} />
          <FilePicker files={files} scanning={initialFiles.scanning} />
          <div className="flex flex-wrap items-center gap-3">
            <Button type="submit" variant="primary" aria-disabled={files.isUploading || undefined}>
              <Send aria-hidden="true" className="size-4 rtl:-scale-x-100" />
              {t("send")}
            </Button>
            <span id="message-keys" className="hidden text-sm text-muted lg:inline">
              {t("keys")}
            </span>
          </div>
        </>
      )}
    </Form>
  );
}

/** What is left near the limit, and what is too much beyond it: nothing that somebody has pasted is cut off. */
function Length({ left }: { left: number }) {
  const t = useTranslations("messages.length");
  const isCounted = left <= TEXT_RULES.maxLength - TEXT_RULES.countFrom;
  return (
    <div id="message-length" className="text-sm empty:hidden">
      {left < 0 ? (
        <p role="alert" className="text-harm">
          {t("tooLong", { max: TEXT_RULES.maxLength })}
        </p>
      ) : null}
      {isCounted ? (
        <p className="text-muted tabular-nums">
          {left < 0 ? t("over", { count: -left }) : t("left", { count: left })}
        </p>
      ) : null}
    </div>
  );
}
