"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Spinner } from "@/components/ui/spinner";
import { Bubble } from "./message-item";
import type { OutboxItem } from "./use-outbox";

/** A message that is on its way, or does not get on. */
export function OutboxMessage({
  item: { text, files, state },
  onRetry,
  onDrop,
}: {
  item: OutboxItem;
  onRetry: () => void;
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
          <p className="text-sm text-harm">{t(`refused.${state.reason}`)}</p>
          <Button size="sm" onClick={onRetry}>
            {t("retry")}
          </Button>
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
