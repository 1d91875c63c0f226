"use client";

import { PhoneCall } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { callVisit } from "../call-api";

/** A visit that was ended goes on: for its practitioner, until the visit closes. `onReady` starts it. */
export function CallAgain({ appointmentId, onReady }: { appointmentId: string; onReady: () => void }) {
  const t = useTranslations("agenda.callAgain");
  const [state, setState] = useState<"idle" | "opening" | "too_late" | "failed">("idle");
  async function open() {
    setState("opening");
    const answer = await callVisit("call-again", appointmentId, undefined);
    if (answer.kind === "ok") return onReady();
    setState(answer.kind === "refused" && answer.reason === "too_late" ? "too_late" : "failed");
  }
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Button pending={state === "opening"} onClick={open}>
        {state === "opening" ? null : <PhoneCall aria-hidden="true" className="size-4" />}
        {t("button")}
      </Button>
      <p role="status" className="text-sm text-muted">
        {state === "too_late" || state === "failed" ? t(state) : t("explain")}
      </p>
    </div>
  );
}
