"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { useLive } from "@/components/ui/live/use-live";
import { Notice } from "@/components/ui/notice";
import { Spinner } from "@/components/ui/spinner";
import { Status, type StatusKind } from "@/components/ui/status";
import type { ThirdPersonDto, ThirdPersonPhase, ThirdPersonState } from "@/lib/visits/types/third";
import { callAsThird } from "../call-api";
import { mayPass } from "../call-machine";
import { CallTrouble, CallView } from "../call-view";
import { hasLeft } from "../joining/tab-marks";
import { useTelling } from "../joining/use-telling";
import { useCall } from "../use-call";
import { ConnectionNotice } from "../waiting/connection-notice";
import { WaysIn } from "../ways/ways-in";

const STATUS: Record<ThirdPersonPhase, StatusKind> = {
  early: "booked",
  door: "waiting",
  admitted: "waiting",
  in_progress: "live",
  ended: "done",
  revoked: "cancelled",
};

/** A third person's door and call: says how it stands, and brings them in as soon as they are let in and the visit has begun. */
export function ThirdRoom({ person, token }: { person: ThirdPersonDto; token: string }) {
  const t = useTranslations("people.door");
  const visit = useTranslations("visit");
  const { thirdPersonId, state: initial } = person;
  const live = useLive<ThirdPersonState>({ key: `third:${thirdPersonId}`, token, initial });
  const [isGone, setIsGone] = useState(false);
  const { isRecorded } = live.state;
  const phase = isGone || live.status === "gone" ? "revoked" : live.state.phase;
  const call = useCall({ appointmentId: thirdPersonId, token, how: "third" });
  const { enter, drop } = call;

  // The portal is told that somebody is at the door by this page, never by a link that is only followed.
  useTelling(phase === "door", async () => {
    const answer = await callAsThird("arrive", token);
    if (answer.kind === "refused" && answer.reason === "not_found") setIsGone(true);
    return !mayPass(answer);
  });

  const previous = useRef<ThirdPersonPhase | null>(null);
  useEffect(() => {
    if (phase === previous.current) return;
    const wasIn = previous.current === "in_progress";
    previous.current = phase;
    // Into a recorded call nobody is brought before they have read that it is one, and come in by themselves.
    if (phase === "in_progress" && !isRecorded && !hasLeft(thirdPersonId)) enter();
    else if (wasIn) drop();
  }, [phase, thirdPersonId, isRecorded, enter, drop]);

  const callName = call.state.name;
  const isOutside = callName !== "in" && callName !== "joining";
  return (
    <Card className="flex flex-col gap-4">
      <Status kind={STATUS[phase]}>{t(`status.${phase}`)}</Status>
      <ConnectionNotice status={live.status === "gone" ? "live" : live.status} />
      <div aria-live="polite" className="measure flex flex-col gap-2">
        <p className="text-lg font-medium">
          {phase === "early" ? t("early", { minutes: person.opensMinutes }) : null}
          {phase === "door" ? t("waiting") : null}
          {phase === "early" || phase === "door" ? null : t(phase)}
        </p>
        {phase === "in_progress" && callName === "joining" ? (
          <p className="flex items-center gap-2">
            <Spinner /> {visit("call.joining")}
          </p>
        ) : null}
        {phase === "in_progress" ? <CallTrouble call={call} /> : null}
        {call.state.name === "elsewhere" ? (
          <p>{visit(call.state.on === "device" ? "call.elsewhereDevice" : "call.elsewhere")}</p>
        ) : null}
      </div>
      {isRecorded && phase !== "ended" && phase !== "revoked" ? (
        <Notice tone="wait" announce="status">
          <p>{visit("recording.third")}</p>
        </Notice>
      ) : null}
      {phase === "in_progress" && isOutside ? (
        <Button variant="primary" size="lg" className="max-sm:w-full" onClick={() => enter(true)}>
          {visit(callName === "left" ? "call.rejoin" : "call.join")}
        </Button>
      ) : null}
      {phase === "in_progress" && isOutside ? <WaysIn call={call} appLinks={live.state.appLinks} /> : null}
      {phase === "in_progress" ? (
        <CallView
          call={call}
          title={t("title", { practitioner: person.practitionerName })}
          inside={live.state.inside}
          recorded={isRecorded}
          cover
        />
      ) : null}
    </Card>
  );
}
