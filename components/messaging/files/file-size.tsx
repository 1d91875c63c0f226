"use client";

import { useTranslations } from "next-intl";
import { sizeOf } from "@/lib/messaging/format/files";

/** A file's size as people read it. */
export function FileSize({ bytes }: { bytes: number }) {
  const t = useTranslations("chat.files");
  const { unit, size } = sizeOf(bytes);
  return <span className="tabular-nums">{t(unit === "KB" ? "kilobytes" : "megabytes", { size })}</span>;
}
