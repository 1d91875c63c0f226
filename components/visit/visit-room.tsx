"use client";

import { useTranslations } from "next-intl";
import { useCallback, useEffect, useRef } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Spinner } from "@/components/ui/spinner";
import { Status, type StatusKind } from "@/components/ui/status";
import type { PatientVisitDto, VisitPhase } from "@/lib/visits/types/visit";
import { useCallPanels } from "./beside/call-panels";
import { PanelButtons } from "./beside/panel-buttons";
import { CallTrouble, CallView } from "./call-view";
import { EndsByItself } from "./ends-by-itself";
import { hasLeft } from "./joining/tab-marks";
import { RecordingBanner } from "./recording/recording-banner";
import { StartsIn } from "./starts-in";
import { useCall } from "./use-call";
import { useVisitState } from "./use-visit-state";
import { ConnectionNotice } from "./waiting/connection-notice";
import { Devices } from "./waiting/devices";
import { needsTouch, useNeedsTouch } from "./waiting/touch";
import { TouchFirst } from "./waiting/touch-first";
import { WaitingFacts } from "./waiting/waiting-facts";
import { insideOf } from "./ways/frame-trouble";
import { WaysIn } from "./ways/ways-in";

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
 * the visit starts; a touch is asked for only where the browser would be silent without.
 *
 * @param token the personal link's, where the page was opened by one
 */
export function VisitRoom({
  visit,
  token,
  conversationId,
}: {
  visit: PatientVisitDto;
  token: string | undefined;
  /** Of the two, where it has begun. */
  conversationId: string | null;
}) {
  const t = useTranslations("visit");
  const words = useTranslations("waiting");
  const { appointmentId, starts, state: initial } = visit;
  const { state, connection } = useVisitState({ initial, token, present: true });
  const call = useCall({ appointmentId, token, how: "join" });
  const mustTouch = useNeedsTouch();
  // A colleague may have taken the visit over since this page was made.
  const { phase, practitionerName } = state;
  const { enter, drop } = call;

  // Into the call as soon as it begins, out of it as soon as it is over; somebody who left is not pulled in again.
  const previous = useRef<VisitPhase | null>(null);
  const bringIn = useCallback(async () => {
    if (hasLeft(appointmentId) || (await needsTouch())) return;
    if (previous.current === "in_progress") enter();
  }, [appointmentId, enter]);
  useEffect(() => {
    if (phase === previous.current) return;
    const wasIn = previous.current === "in_progress";
    previous.current = phase;
    if (phase === "in_progress") void bringIn();
    else if (wasIn) drop();
  }, [phase, bringIn, drop]);

  const callName = call.state.name;
  const isCovered = phase === "in_progress" && callName === "in";
  const { open, setCovered } = useCallPanels();
  useEffect(() => {
    setCovered(isCovered);
    return () => setCovered(false);
  }, [isCovered, setCovered]);
  const isHere = phase === "booked" || phase === "waiting";
  const isOutside = callName !== "in" && callName !== "joining";
  return (
    <Card className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <Status kind={STATUS[phase]}>{t(`status.${phase}`)}</Status>
        {isHere ? <StartsIn iso={state.expected?.startsAt ?? starts.iso} /> : null}
      </div>
      <ConnectionNotice status={connection} />
      <EndsByItself time={state.endsTime} />
      {phase === "in_progress" && isOutside ? <RecordingBanner isOn={state.recording.isOn} /> : null}
      <div aria-live="polite" className="flex flex-col gap-4">
        <div className="measure flex flex-col gap-2">
          <p className="text-lg font-medium">{t(`headline.${phase}`, { practitioner: practitionerName })}</p>
          <p className="text-muted">{t(`explain.${phase}`, { minutes: state.opensMinutes })}</p>
          {isHere && !state.conferenceReady ? <p>{t("linkFollows")}</p> : null}
          {phase === "in_progress" && callName === "joining" ? (
            <p className="flex items-center gap-2">
              <Spinner /> {t("call.joining")}
            </p>
          ) : null}
          {phase === "in_progress" ? <CallTrouble call={call} /> : null}
          {call.state.name === "elsewhere" ? (
            <p>{t(call.state.on === "device" ? "call.elsewhereDevice" : "call.elsewhere")}</p>
          ) : null}
          {phase === "in_progress" && callName === "out" && mustTouch ? <p>{words("gesture.join")}</p> : null}
        </div>
        {phase === "waiting" ? (
          <WaitingFacts state={state} startTime={starts.time} startsIso={starts.iso} />
        ) : null}
      </div>
      {phase === "in_progress" && isOutside ? (
        <Button variant="primary" size="lg" className="max-sm:w-full" onClick={() => enter(true)}>
          {t(callName === "left" ? "call.rejoin" : "call.join")}
        </Button>
      ) : null}
      {phase === "in_progress" && isOutside ? <WaysIn call={call} appLinks={state.appLinks} /> : null}
      {phase === "waiting" && mustTouch ? <TouchFirst /> : null}
      {isHere || (phase === "in_progress" && isOutside) ? (
        <Devices
          check={state.deviceCheck}
          isFirst={isHere}
          visit={{ appointmentId, token }}
          videoOrigin={visit.videoOrigin}
          checkPath={`${visit.path}/check`}
        />
      ) : null}
      {phase === "in_progress" ? (
        <CallView
          call={call}
          title={t("call.with", { name: practitionerName })}
          inside={insideOf(state.people, "patient")}
          recorded={state.recording.isOn}
          cover
          hasPanel={open !== null}
        >
          <PanelButtons
            inCall={state.people.filter(({ isIn }) => isIn).length}
            conversationId={conversationId}
            token={token}
          />
        </CallView>
      ) : null}
    </Card>
  );
}
