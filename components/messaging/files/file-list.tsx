"use client";

import { Download, FileText, FileX2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { Spinner } from "@/components/ui/spinner";
import type { AttachmentDto } from "@/lib/messaging/types";
import { FileSize } from "./file-size";

/**
 * The files of a message: pictures where they stand, documents to be downloaded, and in the place of one that nobody may read, why.
 *
 * @param token the personal link's, where the conversation was opened by one
 */
export function FileList({ files, token }: { files: readonly AttachmentDto[]; token: string | undefined }) {
  const t = useTranslations("chat.files");
  if (files.length === 0) return null;
  const base = token === undefined ? "/api/files" : `/v/${token}/files`;
  return (
    <ul aria-label={t("sent")} className="flex min-w-0 flex-col gap-2">
      {files.map((file) => (
        <li key={file.attachmentId} className="min-w-0">
          <SentFile file={file} href={`${base}/${file.attachmentId}`} />
        </li>
      ))}
    </ul>
  );
}

function SentFile({ file: { name, kind, sizeBytes, state }, href }: { file: AttachmentDto; href: string }) {
  const t = useTranslations("chat.files");
  if (state !== "ready") {
    const isChecking = state === "checking";
    return (
      <p className="flex min-w-0 items-start gap-2 rounded-md border border-line bg-surface p-2 text-ink">
        {isChecking ? (
          <Spinner className="mt-1 text-muted" />
        ) : (
          <FileX2 aria-hidden="true" className="mt-0.5 size-5 shrink-0 text-harm" />
        )}
        <span className="flex min-w-0 flex-col">
          <span className="truncate">{name}</span>
          <span className="text-sm text-muted">{t(isChecking ? "checking" : "refusedByCheck")}</span>
        </span>
      </p>
    );
  }
  // Plain links: these lead to no page of the portal.
  if (kind === "image")
    return (
      <a
        href={href}
        target="_blank"
        rel="noreferrer"
        aria-label={t("open", { name })}
        className="block w-fit max-w-full overflow-hidden rounded-md border border-line"
      >
        {/* biome-ignore lint/performance/noImgElement: private, sealed and never cached, so nothing may optimise it */}
        <img src={href} alt={name} loading="lazy" className="h-48 max-w-full bg-sunken object-contain" />
      </a>
    );
  return (
    <a
      href={href}
      download={name}
      aria-label={t("download", { name })}
      className="flex min-h-control min-w-0 items-center gap-2 rounded-md border border-control bg-surface p-2 text-ink hover:bg-sunken"
    >
      <FileText aria-hidden="true" className="size-5 shrink-0 text-muted" />
      <span className="min-w-0 flex-1 truncate">{name}</span>
      <span className="text-sm text-muted">
        <FileSize bytes={sizeBytes} />
      </span>
      <Download aria-hidden="true" className="size-5 shrink-0 text-accent" />
    </a>
  );
}
