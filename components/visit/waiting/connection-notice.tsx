"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { useClinic } from "@/components/layout/clinic-context";
import { PhoneLink } from "@/components/layout/phone-link";
import { Button } from "@/components/ui/button";
import type { LiveStatus } from "@/components/ui/live/types";
import { Notice } from "@/components/ui/notice";

/** After this the page no longer says that it will be all right by itself. */
const STUCK_MS = 45_000;

/** Says when what the page shows may be out of date, what becomes of it, and when somebody has to do something; and when it is over. */
export function ConnectionNotice({ status }: { status: LiveStatus }) {
  const t = useTranslations("waiting.connection");
  const isLost = status === "offline" || status === "reconnecting";
  const [isStuck, setIsStuck] = useState(false);
  const [wasLost, setWasLost] = useState(false);
  useEffect(() => {
    if (!isLost) return;
    setWasLost(true);
    const timer = setTimeout(() => setIsStuck(true), STUCK_MS);
    return () => {
      clearTimeout(timer);
      setIsStuck(false);
    };
  }, [isLost]);
  if (status === "gone")
    return (
      <Notice tone="wait" announce="alert" title={t("gone")}>
        <p>{t("goneBody")}</p>
        <Reload />
      </Notice>
    );
  if (isLost && isStuck)
    return (
      <Notice tone="harm" announce="alert" title={t("stuck")}>
        <p>{t("stuckBody")}</p>
        <Phone />
        <Reload />
      </Notice>
    );
  if (isLost)
    return (
      <Notice tone="wait" announce="status" title={t(status)}>
        <p>{t(status === "offline" ? "offlineBody" : "reconnectingBody")}</p>
        <Phone />
      </Notice>
    );
  // Heard, not seen: on the screen everything is as it should be.
  return (
    <p role="status" className="sr-only">
      {wasLost && status === "live" ? t("back") : null}
    </p>
  );
}

function Phone() {
  const t = useTranslations("waiting.connection");
  const { phone } = useClinic();
  if (!phone) return null;
  return (
    <p>
      {t("phone")} <PhoneLink phone={phone} />
    </p>
  );
}

function Reload() {
  const t = useTranslations("waiting.connection");
  return (
    <p className="mt-2">
      <Button onClick={() => window.location.reload()}>{t("reload")}</Button>
    </p>
  );
}
