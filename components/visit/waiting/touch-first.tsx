"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";

/** Asks in good time for the touch that a browser wants before it plays sound. Any touch of the page does; the button says so. */
export function TouchFirst() {
  const t = useTranslations("waiting.gesture");
  return (
    <Notice tone="wait" announce="status" title={t("title")}>
      <p>{t("body")}</p>
      <p className="mt-2">
        <Button>{t("button")}</Button>
      </p>
    </Notice>
  );
}
