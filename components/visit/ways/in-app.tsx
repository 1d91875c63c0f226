"use client";

import { AppWindow } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import type { Call } from "../use-call";

/** Apps for Windows before this one install updates without checking them (CVE-2026-3502). */
const SAFE_SINCE = "8.5.3";

/** Opens the call in TrueConf's own app, by a link minted at the click, and leaves it here. Offered where the clinic has turned it on. */
export function InApp({ call }: { call: Call }) {
  const t = useTranslations("visit.ways");
  const [state, setState] = useState<"idle" | "opening" | "opened" | "none">("idle");
  async function open() {
    setState("opening");
    const answer = await call.mint();
    const links = answer.kind === "ok" && "appLinks" in answer.value ? answer.value.appLinks : null;
    const link = /Android/.test(navigator.userAgent) ? (links?.android ?? links?.default) : links?.default;
    // What else could stand in a link that opens a program has been refused where it was minted.
    if (!link) return setState("none");
    call.leave();
    setState("opened");
    window.location.assign(link);
  }
  return (
    <div className="flex flex-col gap-2">
      <p>
        <Button pending={state === "opening"} onClick={open}>
          <AppWindow aria-hidden="true" className="size-4" />
          {t("app")}
        </Button>
      </p>
      <p className="measure text-sm text-muted">{t("appVersion", { version: SAFE_SINCE })}</p>
      {state === "opened" || state === "none" ? (
        <p role="status" className="text-sm text-wait">
          {t(state === "opened" ? "appOpened" : "appNone")}
        </p>
      ) : null}
    </div>
  );
}
