"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { useClinic } from "@/components/layout/clinic-context";
import { PhoneLink } from "@/components/layout/phone-link";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import { Spinner } from "@/components/ui/spinner";
import { Status, type StatusKind } from "@/components/ui/status";
import type { VisitPhase, VisitState } from "@/lib/visits/types/visit";
import { CallTrouble, CallView } from "./call-view";
import { StartsIn } from "./starts-in";
import { hasLeft, useCall } from "./use-call";
import { useVisitState } from "./use-visit-state";

const STATUS: Record<VisitPhase, StatusKind> = {
  booked: "booked",
  waiting: "waiting",
  in_progress: "live",
  finished: "done",
  cancelled: "cancelled",
  missed: "noshow",
};

/**
 * The patient's waiting room and call. It says what is going on, survives a reload, and brings the patient in by itself the moment
 * the visit starts.
 *
 * @param token the personal link's, where the page was opened by one
 */
export function VisitRoom({
  initial,
  token,
  practitionerName,
  startsIso,
}: {
  initial: VisitState;
  token: string | undefined;
  practitionerName: string;
  startsIso: string;
}) {
  const t = useTranslations("visit");
  const { phone } = useClinic();
  const { state, connection } = useVisitState({ initial, token, present: true });
  const { appointmentId } = initial;
  const call = useCall({ appointmentId, token, how: "join" });
  const phase = state?.phase ?? "cancelled";
  const { enter, drop } = call;

  // Into the call as soon as it begins, out of it as soon as it is over; somebody who left is not pulled in again.
  const previous = useRef<VisitPhase | null>(null);
  useEffect(() => {
    if (phase === previous.current) return;
    const wasIn = previous.current === "in_progress";
    previous.current = phase;
    if (phase === "in_progress" && !hasLeft(appointmentId)) enter();
    else if (wasIn) drop();
  }, [phase, appointmentId, enter, drop]);

  const callName = call.state.name;
  const isHere = phase === "booked" || phase === "waiting";
  return (
    <Card className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <Status kind={STATUS[phase]}>{t(`status.${phase}`)}</Status>
        {isHere ? <StartsIn iso={startsIso} /> : null}
      </div>
      <div aria-live="polite" className="measure flex flex-col gap-2">
        <p className="text-lg font-medium">{t(`headline.${phase}`, { practitioner: practitionerName })}</p>
        <p className="text-muted">{t(`explain.${phase}`)}</p>
        {isHere && state && !state.conferenceReady ? <p>{t("linkFollows")}</p> : null}
        {phase === "in_progress" && callName === "joining" ? (
          <p className="flex items-center gap-2">
            <Spinner /> {t("call.joining")}
          </p>
        ) : null}
        {phase === "in_progress" ? <CallTrouble call={call} /> : null}
        {call.state.name === "elsewhere" ? (
          <p>{t(call.state.on === "device" ? "call.elsewhereDevice" : "call.elsewhere")}</p>
        ) : null}
      </div>
      {phase === "in_progress" && callName !== "in" && callName !== "joining" ? (
        <Button variant="primary" size="lg" className="max-sm:w-full" onClick={() => enter(true)}>
          {t(callName === "left" ? "call.rejoin" : "call.join")}
        </Button>
      ) : null}
      {phase === "waiting" && connection !== "live" && connection !== "connecting" ? (
        <Notice tone="wait" announce="status" title={t("connection.title")}>
          <p>
            {t("connection.body")} {phone ? <PhoneLink phone={phone} /> : null}
          </p>
        </Notice>
      ) : null}
      {phase === "in_progress" ? (
        <CallView
          call={call}
          appointmentId={appointmentId}
          token={token}
          title={t("call.with", { name: practitionerName })}
          cover
        />
      ) : null}
    </Card>
  );
}
