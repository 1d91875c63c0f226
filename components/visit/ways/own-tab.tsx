"use client";

import { clsx } from "clsx";
import { ExternalLink } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import type { Call } from "../use-call";

/**
 * Opens the call in a tab of its own, with a link of its own, and leaves it here: one person is in it once.
 *
 * @param look how much it stands out; in a narrow bar (`bar`) a phone shows the sign alone
 */
export function OwnTab({ call, look }: { call: Call; look: "bar" | "plain" | "first" }) {
  const t = useTranslations("visit.call");
  const [state, setState] = useState<"idle" | "blocked" | "failed">("idle");
  async function open() {
    // Opened within the click, or the browser would hold it for an advertisement.
    const tab = window.open("about:blank", "_blank");
    if (!tab) return setState("blocked");
    const answer = await call.mint();
    if (answer.kind !== "ok" || "calling" in answer.value) {
      tab.close();
      return setState("failed");
    }
    setState("idle");
    tab.opener = null;
    tab.location.replace(answer.value.webUrl);
    call.leave();
  }
  const variants = { bar: "quiet", plain: "secondary", first: "primary" } as const;
  return (
    <>
      <Button variant={variants[look]} onClick={open}>
        <ExternalLink aria-hidden="true" className="size-4 rtl:-scale-x-100" />
        <span className={clsx(look === "bar" && "max-sm:sr-only")}>{t("ownTab")}</span>
      </Button>
      {state === "idle" ? null : (
        <span role="status" className="text-sm text-wait">
          {t(state === "blocked" ? "ownTabBlocked" : "wayFailed")}
        </span>
      )}
    </>
  );
}
