"use client";

import { PhoneCall } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Spinner } from "@/components/ui/spinner";
import type { VisitState } from "@/lib/visits/types/visit";
import { callVisit } from "./call-api";
import type { Call } from "./use-call";

/**
 * What a practitioner with a TrueConf account is told and offered while a visit starts: that the app rings, that nobody has
 * answered, and the ways in beside it.
 */
export function AccountCall({ state, call }: { state: VisitState; call: Call }) {
  const t = useTranslations("agenda.account");
  const isIn = call.state.name === "in" || call.state.name === "joining";
  if (isIn) return null;
  if (state.phase === "in_progress") return <p className="text-muted">{t("inApp")}</p>;
  if (state.phase !== "waiting") return null;
  return (
    <div className="flex flex-col gap-3" aria-live="polite">
      {state.call === "idle" ? <p className="text-muted">{t("how")}</p> : null}
      {state.call === "calling" ? (
        <p className="flex items-center gap-2">
          <Spinner /> {t("ringing")}
        </p>
      ) : null}
      {state.call === "unanswered" ? (
        <Notice tone="wait" title={t("unanswered")}>
          <p>{t("unansweredBody")}</p>
        </Notice>
      ) : null}
      <div className="flex flex-wrap items-center gap-2">
        {state.call === "unanswered" ? (
          <Button onClick={() => call.enter(true, "app")}>
            <PhoneCall aria-hidden="true" className="size-4" />
            {t("ringAgain")}
          </Button>
        ) : null}
        <Button onClick={() => call.enter(true, "browser")}>{t("browser")}</Button>
        <ChangeEntry
          appointmentId={state.appointmentId}
          entry="guest"
          onChanged={state.call === "idle" ? undefined : () => call.enter(true)}
        />
      </div>
    </div>
  );
}

/** Chooses the other way in for this one visit. */
export function ChangeEntry({
  appointmentId,
  entry,
  onChanged,
}: {
  appointmentId: string;
  entry: "guest" | "account";
  onChanged?: (() => void) | undefined;
}) {
  const t = useTranslations("agenda.account");
  const [state, setState] = useState<"idle" | "changing" | "noSeat" | "noAccount" | "failed">("idle");
  async function change() {
    setState("changing");
    const answer = await callVisit("entry", appointmentId, undefined, { entry });
    if (answer.kind === "ok") {
      setState("idle");
      onChanged?.();
    } else if (answer.kind === "refused" && answer.reason === "no_guest_seat") setState("noSeat");
    else if (answer.kind === "refused" && answer.reason === "no_account") setState("noAccount");
    else setState("failed");
  }
  return (
    <>
      <Button variant="quiet" pending={state === "changing"} onClick={change}>
        {t(entry === "guest" ? "guest" : "toAccount")}
      </Button>
      {state === "noSeat" || state === "noAccount" || state === "failed" ? (
        <span role="alert" className="text-sm text-harm">
          {t(state)}
        </span>
      ) : null}
    </>
  );
}
