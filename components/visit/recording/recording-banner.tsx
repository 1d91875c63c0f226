"use client";

import { CircleDot } from "lucide-react";
import { useTranslations } from "next-intl";

/** Says to everybody in a call that it is recorded, for as long as it is. */
export function RecordingBanner({ isOn }: { isOn: boolean }) {
  const t = useTranslations("visit.recording");
  return (
    <div role="status">
      {isOn ? (
        <p className="flex items-center justify-center gap-2 bg-harm-soft px-3 py-1.5 font-medium text-ink">
          <CircleDot aria-hidden="true" className="size-4 shrink-0 text-harm" />
          {t("banner")}
        </p>
      ) : null}
    </div>
  );
}
