"use client";

import { useTranslations } from "next-intl";
import { useSyncExternalStore } from "react";
import { Notice } from "@/components/ui/notice";
import { identifyBrowser } from "./browser";

const subscribeToNothing = () => () => undefined;
const isInApp = () => identifyBrowser(navigator.userAgent, navigator.maxTouchPoints).inApp;

/** Says at once, and not only when something has failed, that this window is another app's, and how to get out of it. */
export function InAppNotice() {
  const t = useTranslations("waiting.inApp");
  if (!useSyncExternalStore(subscribeToNothing, isInApp, () => false)) return null;
  return (
    <Notice tone="wait" title={t("title")}>
      <p>{t("body")}</p>
    </Notice>
  );
}
