"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Spinner } from "@/components/ui/spinner";
import { TEXT_RULES } from "@/lib/messaging/format/text";
import { Bubble } from "./message-item";
import type { OutboxItem } from "./use-outbox";

/** A message that is on its way, or does not get on. */
export function OutboxMessage({
  item: { text, files, state },
  onRetry,
  onWithoutFiles,
  onDrop,
}: {
  item: OutboxItem;
  onRetry: () => void;
  /** Where its files are what it was refused for: its words alone. */
  onWithoutFiles: () => void;
  onDrop: () => void;
}) {
  const t = useTranslations("messages");
  return (
    <li className="flex w-full flex-col items-end gap-1">
      <Bubble isOwn>
        {text ? <p className="whitespace-pre-line wrap-anywhere">{text}</p> : null}
        {files.map(({ attachmentId, name }) => (
          <p key={attachmentId} className="truncate">
            {name}
          </p>
        ))}
      </Bubble>
      {state.name === "refused" ? (
        <div role="alert" className="flex flex-wrap items-center justify-end gap-2">
          <p className="text-sm text-harm">{t(`refused.${state.reason}`, { max: TEXT_RULES.maxLength })}</p>
          {state.reason !== "file_gone" ? (
            <Button size="sm" onClick={onRetry}>
              {t("retry")}
            </Button>
          ) : text.trim() === "" ? null : (
            <Button size="sm" onClick={onWithoutFiles}>
              {t("withoutFiles")}
            </Button>
          )}
          <Button size="sm" variant="quiet" onClick={onDrop}>
            {t("drop")}
          </Button>
        </div>
      ) : (
        <p role="status" className="flex items-center gap-1.5 text-sm text-muted">
          {state.name === "sent" ? null : <Spinner />}
          {t(state.name)}
        </p>
      )}
    </li>
  );
}
