"use client";

import { clsx } from "clsx";
import { Video } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
import { Spinner } from "@/components/ui/spinner";
import type { VisitState } from "@/lib/visits/types/visit";
import { AccountCall, ChangeEntry } from "./account-call";
import { callVisit } from "./call-api";
import { CallTrouble, CallView } from "./call-view";
import { EndsByItself } from "./ends-by-itself";
import { wasIn } from "./joining/tab-marks";
import { CallAgain } from "./people/call-again";
import { RecordingBanner } from "./recording/recording-banner";
import { takeStartRequest } from "./start-request";
import { StartsIn } from "./starts-in";
import { useCall } from "./use-call";
import { useVisitState } from "./use-visit-state";
import { insideOf } from "./ways/frame-trouble";
import { SeatsTaken } from "./ways/seats-taken";
import { WaysIn } from "./ways/ways-in";

/** The practitioner's side of one visit: who waits, "Start visit", the call, "End visit". */
export function PractitionerVisit({
  initial,
  patientName,
  startsIso,
}: {
  initial: VisitState;
  patientName: string;
  startsIso: string;
}) {
  const t = useTranslations("agenda");
  const words = useTranslations("visit.recording");
  const { state, connection } = useVisitState({ initial, token: undefined, present: false });
  const { appointmentId } = initial;
  const phase = state?.phase ?? "cancelled";
  const call = useCall({ appointmentId, token: undefined, how: phase === "in_progress" ? "join" : "start" });
  const { enter, drop } = call;

  // Asked for by the list's key, or a reload in mid-call: both mean "in", without another click. Not when the page is only rendered
  // again around a call that goes on.
  const hasLooked = useRef(false);
  useEffect(() => {
    if (hasLooked.current) return;
    hasLooked.current = true;
    if (takeStartRequest(appointmentId) || (initial.phase === "in_progress" && wasIn(appointmentId))) enter();
  }, [appointmentId, initial.phase, enter]);

  // Handed to a colleague, or the session was ended: nothing of it is theirs any more.
  const isGone = connection === "gone";
  const isOver = isGone || phase === "finished" || phase === "cancelled" || phase === "missed";
  useEffect(() => {
    if (isOver) drop();
  }, [isOver, drop]);

  const callName = call.state.name;
  if (isGone) return <Notice tone="info" announce="status" title={t("gone")} />;
  const isSeatless =
    state?.call === "no_seat" || (call.state.name === "refused" && call.state.reason === "no_guest_seat");
  const mayEnter = (phase === "waiting" || phase === "in_progress") && callName !== "in";
  return (
    <div className={clsx("flex flex-col gap-4", callName === "in" && "grow")}>
      <div aria-live="polite" className="flex flex-col gap-1">
        <p className="text-base font-medium">
          {phase === "waiting" && state?.arrivedTime
            ? t(state.presence.patient ? "phase.here" : "phase.away", {
                name: patientName,
                time: state.arrivedTime,
              })
            : t(`phase.${phase}`, { name: patientName })}
        </p>
        {phase === "booked" ? (
          <p className="text-muted">{t("opensBefore", { minutes: initial.opensMinutes })}</p>
        ) : null}
        {phase === "booked" || phase === "waiting" ? <StartsIn iso={startsIso} /> : null}
        {state?.recording.isOffered && (phase === "booked" || phase === "waiting") ? (
          <p className={state.recording.isAgreed ? "text-wait" : "text-muted"}>
            {words(state.recording.isAgreed ? "willBe" : "notAgreed")}
          </p>
        ) : null}
        {isSeatless ? null : <CallTrouble call={call} />}
        {callName === "elsewhere" ? <p>{t("elsewhere")}</p> : null}
        {connection === "reconnecting" || connection === "offline" ? (
          <p className="text-wait">{t("notLive")}</p>
        ) : null}
      </div>
      <EndsByItself time={state?.endsTime} />
      {phase === "in_progress" && callName !== "in" ? (
        <RecordingBanner isOn={state?.recording.isOn ?? false} />
      ) : null}
      {isSeatless && phase === "waiting" ? (
        <SeatsTaken appointmentId={appointmentId} onChanged={() => enter(true)} />
      ) : null}
      {state?.selfStarted && phase === "waiting" ? (
        <Notice tone="wait" announce="status" title={t("selfStarted.title")}>
          <p>{t("selfStarted.body")}</p>
        </Notice>
      ) : null}
      {mayEnter ? (
        <div className="flex flex-wrap items-center gap-2">
          <Button variant="primary" pending={callName === "joining"} onClick={() => enter(true)}>
            {callName === "joining" ? null : <Video aria-hidden="true" className="size-4" />}
            {t(phase === "in_progress" ? "rejoin" : "start")}
          </Button>
          {phase === "in_progress" ? (
            <EndVisit appointmentId={appointmentId} patientName={patientName} />
          ) : null}
          {callName === "joining" ? <span className="text-muted">{t("starting")}</span> : null}
        </div>
      ) : null}
      {state && phase === "in_progress" && mayEnter && callName !== "joining" ? (
        <WaysIn call={call} appLinks={state.appLinks} />
      ) : null}
      {state && state.entry === "account" ? <AccountCall state={state} call={call} /> : null}
      {state && state.entry === "guest" && state.hasAccount && phase === "waiting" && callName === "out" ? (
        <p>
          <ChangeEntry appointmentId={appointmentId} entry="account" />
        </p>
      ) : null}
      {phase === "finished" ? <CallAgain appointmentId={appointmentId} onReady={() => enter(true)} /> : null}
      <CallView
        call={call}
        title={t("callWith", { name: patientName })}
        inside={insideOf(state?.people ?? [], "practitioner")}
        recorded={state?.recording.isOn ?? false}
        cover={false}
      >
        <EndVisit appointmentId={appointmentId} patientName={patientName} />
      </CallView>
    </div>
  );
}

/** Ends the visit for both; asked about once, since nobody can come back. */
function EndVisit({ appointmentId, patientName }: { appointmentId: string; patientName: string }) {
  const t = useTranslations("agenda.end");
  const [state, setState] = useState<"idle" | "ending" | "failed">("idle");
  async function end() {
    setState("ending");
    const answer = await callVisit("end", appointmentId, undefined);
    setState(answer.kind === "ok" ? "idle" : "failed");
  }
  return (
    <Dialog
      title={t("title", { name: patientName })}
      description={t("explain")}
      trigger={<Button variant="harm">{t("button")}</Button>}
      actions={
        <>
          <DialogClose>
            <Button>{t("stay")}</Button>
          </DialogClose>
          <Button variant="harm" pending={state === "ending"} onClick={end}>
            {t("confirm")}
          </Button>
        </>
      }
    >
      {state === "ending" ? (
        <p className="flex items-center gap-2">
          <Spinner /> {t("ending")}
        </p>
      ) : null}
      {state === "failed" ? <Notice tone="harm" announce="alert" title={t("failed")} /> : null}
    </Dialog>
  );
}
