"use client";

import { FileText, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { FILE_RULES } from "@/lib/messaging/format/files";
import { FileSize } from "./file-size";
import type { PickedFile } from "./use-files";

const MEGABYTE = 1024 * 1024;

/** One file of the message that is being written. */
export function PickedFileRow({
  file,
  onRemove,
  onRetry,
}: {
  file: PickedFile;
  onRemove: () => void;
  onRetry: () => void;
}) {
  const t = useTranslations("chat.files");
  const { name } = file;
  return (
    <li className="flex items-center gap-3 rounded-md border border-line bg-surface p-2">
      {file.preview ? (
        // From the browser's own memory: there is nothing to optimise.
        // biome-ignore lint/performance/noImgElement: the same
        <img src={file.preview} alt="" className="size-10 shrink-0 rounded-sm object-cover" />
      ) : (
        <FileText aria-hidden="true" className="size-10 shrink-0 p-2 text-muted" />
      )}
      <div className="flex min-w-0 flex-1 flex-col">
        <span className="truncate">{name}</span>
        <span className="text-sm text-muted" role="status">
          {file.state === "uploading" ? (
            <span className="flex items-center gap-2">
              <progress
                aria-label={t("uploadingLabel", { name })}
                value={file.part}
                max={1}
                className="min-w-0"
              />
              {t("uploading", { percent: file.part })}
            </span>
          ) : file.state === "attached" ? (
            <>
              <FileSize bytes={file.sizeBytes} /> · {t("attached")}
            </>
          ) : (
            <span className="text-harm">
              {t(`faults.${file.fault}`, {
                size: FILE_RULES.maxBytes / MEGABYTE,
                count: FILE_RULES.perMessage,
              })}
            </span>
          )}
        </span>
      </div>
      {file.state === "faulty" && (file.fault === "offline" || file.fault === "not_stored") ? (
        <Button size="sm" aria-label={t("retryLabel", { name })} onClick={onRetry}>
          {t("retry")}
        </Button>
      ) : null}
      <Button variant="quiet" size="icon" aria-label={t("remove", { name })} onClick={onRemove}>
        <X aria-hidden="true" className="size-5" />
      </Button>
    </li>
  );
}
