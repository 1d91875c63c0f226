"use client";

import { FileText, Image } from "lucide-react";
import { useTranslations } from "next-intl";
import { Details } from "@/components/ui/details";
import type { MessageDto } from "@/lib/messaging/types";
import { FileSize } from "./file-size";

/**
 * Every file of the messages that a page has loaded, the last first: for whoever looks for one, rather than for what was written with
 * it. Those that nobody may read are in their messages alone.
 *
 * @param token the personal link's, where the conversation was opened by one
 */
export function ConversationFiles({
  messages,
  token,
}: {
  messages: readonly MessageDto[];
  token: string | undefined;
}) {
  const t = useTranslations("chat.files");
  const sent = messages.flatMap(({ files, date }) => files.map((file) => ({ ...file, date }))).reverse();
  const files = sent.filter(({ state }) => state === "ready");
  if (files.length === 0) return null;
  const base = token === undefined ? "/api/files" : `/v/${token}/files`;
  return (
    <Details summary={t("all", { count: files.length })}>
      <ul className="flex flex-col">
        {files.map(({ attachmentId, name, kind, sizeBytes, date }) => {
          const Icon = kind === "image" ? Image : FileText;
          // Pictures are shown in a tab of their own, documents saved: neither takes the place of a call.
          const way =
            kind === "image"
              ? { target: "_blank", rel: "noreferrer" }
              : { download: name, rel: "noreferrer" };
          return (
            <li key={attachmentId} className="border-b border-line py-1 last:border-b-0">
              <a
                href={`${base}/${attachmentId}`}
                {...way}
                className="flex min-h-control min-w-0 items-center gap-2 rounded-sm text-accent underline underline-offset-4"
              >
                <Icon aria-hidden="true" className="size-5 shrink-0 text-muted" />
                <span className="min-w-0 truncate">{name}</span>
              </a>
              <p className="text-sm text-muted tabular-nums">
                {date} · <FileSize bytes={sizeBytes} />
              </p>
            </li>
          );
        })}
      </ul>
    </Details>
  );
}
