"use client";

import { Paperclip } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId, useRef } from "react";
import { buttonClass } from "@/components/ui/button";
import { FILE_RULES } from "@/lib/messaging/format/files";
import type { FilesDto } from "@/lib/messaging/types";
import { PickedFileRow } from "./picked-file";
import type { Files } from "./use-files";

const MEGABYTE = 1024 * 1024;

/**
 * Chooses files for the message that is being written, and shows how far each has got. Nothing where the clinic takes none.
 *
 * The field itself is under the label: it has the browser's own keyboard and voice.
 */
export function FilePicker({ files, scanning }: { files: Files; scanning: FilesDto["scanning"] }) {
  const t = useTranslations("chat.files");
  const hintId = useId();
  const field = useRef<HTMLInputElement>(null);
  if (scanning === "off") return null;
  return (
    <div className="flex min-w-0 flex-col gap-2">
      {files.files.length > 0 ? (
        <ul aria-label={t("picked")} className="flex flex-col gap-2">
          {files.files.map((file) => (
            <PickedFileRow
              key={file.key}
              file={file}
              onRemove={() => {
                files.remove(file);
                field.current?.focus();
              }}
              onRetry={() => files.retry(file)}
            />
          ))}
        </ul>
      ) : null}
      <label
        className={buttonClass({
          variant: "quiet",
          className:
            "relative cursor-pointer self-start has-focus-visible:outline-2 has-focus-visible:outline-accent",
        })}
      >
        <Paperclip aria-hidden="true" className="size-[1.15em]" />
        {t("attach")}
        <input
          ref={field}
          type="file"
          multiple
          accept={FILE_RULES.accept}
          aria-describedby={hintId}
          className="absolute inset-0 cursor-pointer opacity-0"
          onChange={({ currentTarget }) => {
            files.add([...(currentTarget.files ?? [])]);
            // The same file may be chosen again after it was removed.
            currentTarget.value = "";
          }}
        />
      </label>
      <p id={hintId} className="text-sm text-muted">
        {t("hint", { size: FILE_RULES.maxBytes / MEGABYTE })}
        {scanning === "pass" ? ` ${t("demonstration")}` : null}
      </p>
    </div>
  );
}
