"use client";

import { PhoneCall } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Spinner } from "@/components/ui/spinner";
import type { VisitState } from "@/lib/visits/types/visit";
import { callVisit } from "./call-api";
import type { Call } from "./use-call";
import { insideOf } from "./ways/frame-trouble";

/** As long as the portal waits for an answer before the start. */
const RINGS_MS = 45_000;

/**
 * What a practitioner with a TrueConf account is told and offered: that the app rings, that nobody has answered, and the ways in beside
 * it. In a visit that goes on too, for whoever has taken it over, or whose app has died.
 */
export function AccountCall({ state, call }: { state: VisitState; call: Call }) {
  const t = useTranslations("agenda.account");
  // In mid-visit the live state says nothing of a ringing.
  const [isRinging, setIsRinging] = useState(false);
  const { phase } = state;
  const { isIn: isSeen } = insideOf(state.people, "practitioner");
  useEffect(() => {
    if (!isRinging) return;
    const timer = setTimeout(() => setIsRinging(false), isSeen ? 0 : RINGS_MS);
    return () => clearTimeout(timer);
  }, [isRinging, isSeen]);
  const isIn = call.state.name === "in" || call.state.name === "joining";
  if (isIn || (phase !== "waiting" && phase !== "in_progress")) return null;
  const hasNoLink = call.state.name === "refused" && call.state.reason === "no_browser_link";
  const isRunning = phase === "in_progress";
  const ring = () => {
    setIsRinging(true);
    call.enter(true, "app");
  };
  return (
    <div className="flex flex-col gap-3" aria-live="polite">
      {hasNoLink ? (
        <Notice tone="wait" title={t("noLink")}>
          {isRunning ? null : <p>{t("noLinkBody")}</p>}
        </Notice>
      ) : null}
      {isRunning ? (
        <MidVisit isSeen={isSeen} isRinging={isRinging && call.state.name === "out"} />
      ) : (
        <Ringing state={state} />
      )}
      <div className="flex flex-wrap items-center gap-2">
        {isRunning || state.call === "unanswered" ? (
          <Button onClick={ring}>
            <PhoneCall aria-hidden="true" className="size-4" />
            {t(isRunning ? "ring" : "ringAgain")}
          </Button>
        ) : null}
        {isRunning || hasNoLink ? null : (
          <Button onClick={() => call.enter(true, "browser")}>{t("browser")}</Button>
        )}
        <ChangeEntry
          appointmentId={state.appointmentId}
          entry="guest"
          onChanged={isRunning || state.call !== "idle" ? () => call.enter(true) : undefined}
        />
      </div>
    </div>
  );
}

/** Before the visit has begun: how the ringing goes, which the portal watches. */
function Ringing({ state }: { state: VisitState }) {
  const t = useTranslations("agenda.account");
  if (state.call === "idle") return <p className="text-muted">{t("how")}</p>;
  if (state.call === "no_seat") return <p>{t("no_seat")}</p>;
  if (state.call === "calling") return <Rings>{t("ringing")}</Rings>;
  return (
    <Notice tone="wait" title={t("unanswered")}>
      <p>{t("unansweredBody")}</p>
    </Notice>
  );
}

/** The visit goes on, and its practitioner is not in it by this page: in the app, or nowhere. */
function MidVisit({ isSeen, isRinging }: { isSeen: boolean; isRinging: boolean }) {
  const t = useTranslations("agenda.account");
  if (isRinging && !isSeen) return <Rings>{t("ringingAgain")}</Rings>;
  return <p className="text-muted">{t(isSeen ? "inApp" : "notInApp")}</p>;
}

const Rings = ({ children }: { children: ReactNode }) => (
  <p className="flex items-center gap-2">
    <Spinner /> {children}
  </p>
);

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
